using OsDeploy.Api;
using OsDeploy.Cli.Login;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;
using MachineWords = OsDeploy.Screens.Words.Machine;
using WirelessWords = OsDeploy.Screens.Words.Wireless;

namespace OsDeploy.Cli.Machine;

/// <summary>
/// Which appliance a PC belongs to that was started from a stick: nobody has told it. A person names the address and compares the key, and nothing
/// is sent before.
/// </summary>
internal sealed class ApplianceQuestion(PlainLines lines, Func<Uri, CancellationToken, Task<ServerKey>> readKey)
{
    private static readonly string[] s_yes = ["y", "yes", "j", "ja", "o", "oui"];

    /// <param name="way">Leads to it meanwhile; null: there is a way.</param>
    /// <param name="places">Where it may be in the network that was found, the likeliest first.</param>
    /// <param name="named">Address that the boot parameters name without a key; null: none.</param>
    /// <returns>Null: nobody answers any more.</returns>
    public async Task<ChosenAppliance?> AskAsync(FirstWay? way, Func<CancellationToken, Task<IReadOnlyList<string>>> places, string? named, CancellationToken cancel)
    {
        await (way?.ConnectAsync(cancel) ?? Task.CompletedTask);
        while (true)
        {
            var proposed = named ?? (await places(cancel) is [var likeliest, ..] ? likeliest : null);
            var (isOver, chosen) = await TryAskAsync(way, proposed, cancel);
            if (isOver)
            {
                return chosen;
            }
        }
    }

    private async Task<(bool IsOver, ChosenAppliance? Chosen)> TryAskAsync(FirstWay? way, string? proposed, CancellationToken cancel)
    {
        if (way is { HasWireless: true })
        {
            lines.Say(WirelessWords.HintOther);
        }

        var typed = await lines.AskAsync(proposed is null ? MachineWords.WhichAppliance : Language.Fill(MachineWords.WhichApplianceOr, Printable.Of(proposed)), cancel);
        if (typed is null)
        {
            return (true, null);
        }

        if (way is { HasWireless: true } && string.Equals(typed.Trim(), FirstWay.Key, StringComparison.OrdinalIgnoreCase))
        {
            await way.ChooseAsync(cancel);
            return (false, null);
        }

        var text = typed.Trim() is { Length: > 0 } said ? said : proposed ?? "";
        if (!ServerAddress.TryParse(text, out var address) || address.Tls is not { } server)
        {
            lines.Say(MachineWords.ApplianceAddressHelp);
            return (false, null);
        }

        try
        {
            var key = await readKey(server, cancel);
            lines.Say(Language.Fill(MachineWords.ApplianceKey, Printable.Of(server.Authority), key.Words));
            var answer = await lines.AskAsync(MachineWords.ApplianceSame, cancel);
            return answer is null ? (true, null)
                : s_yes.Contains(answer.Trim(), StringComparer.OrdinalIgnoreCase) ? (true, new ChosenAppliance(address.ToString(), key))
                : (false, null);
        }
        catch (UserErrorException e)
        {
            lines.Say(e);
            return (false, null);
        }
    }
}
