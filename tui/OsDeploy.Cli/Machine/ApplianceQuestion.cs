using OsDeploy.Agent.Network;
using OsDeploy.Api;
using OsDeploy.Cli.Login;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;
using MachineWords = OsDeploy.Screens.Words.Machine;

namespace OsDeploy.Cli.Machine;

/// <summary>
/// Which appliance a PC belongs to that was started from a stick: nobody has told it. A person names the address and compares the key, and nothing
/// is sent before.
/// </summary>
internal sealed class ApplianceQuestion(PlainLines lines, Func<Uri, CancellationToken, Task<ServerKey>> readKey)
{
    private static readonly string[] s_yes = ["y", "yes", "j", "ja", "o", "oui"];

    /// <param name="network">Leads to it meanwhile; null: there is a way.</param>
    /// <param name="named">Address that the boot parameters name without a key; null: none.</param>
    /// <returns>Null: nobody answers any more.</returns>
    public async Task<ChosenAppliance?> AskAsync(FirstNetwork? network, string? named, CancellationToken cancel)
    {
        if (network is not null)
        {
            await network.ConnectAsync(lines.Say, cancel);
        }

        var proposed = named ?? (network is not null && await network.PlacesAsync(cancel) is [var likeliest, ..] ? likeliest : null);
        while (true)
        {
            var (isOver, chosen) = await TryAskAsync(proposed, cancel);
            if (isOver)
            {
                return chosen;
            }
        }
    }

    private async Task<(bool IsOver, ChosenAppliance? Chosen)> TryAskAsync(string? proposed, CancellationToken cancel)
    {
        var typed = await lines.AskAsync(proposed is null ? MachineWords.WhichAppliance : Language.Fill(MachineWords.WhichApplianceOr, Printable.Of(proposed)), cancel);
        if (typed is null)
        {
            return (true, null);
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
