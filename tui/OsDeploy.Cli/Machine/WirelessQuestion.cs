using System.Globalization;
using OsDeploy.Agent.Network.Wireless;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Machine;
using OsDeploy.Screens.Words;
using WirelessWords = OsDeploy.Screens.Words.Wireless;

namespace OsDeploy.Cli.Machine;

/// <summary>Which wireless network a PC without a cable is to join, and by which key. The key goes to the card alone.</summary>
internal sealed class WirelessQuestion(
    PlainLines lines, Func<CancellationToken, Task<IReadOnlyList<WirelessNetwork>>> listen, Func<Ssid, WirelessKey?, bool, CancellationToken, Task<JoinEnd>> join)
{
    private const string TypeName = "name";
    private const string Again = "again";

    private readonly PlainPrompt _prompt = new(lines);

    /// <summary>Returns when a network is joined, or nobody wants to any more.</summary>
    public async Task<FormEnd> AskAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (await TryListenAsync(cancel) is not { } networks)
            {
                return FormEnd.Back;
            }

            var list = ListOf(networks);
            var end = (await _prompt.RunAsync(list, cancel)).End;
            if (end != FormEnd.Done)
            {
                return end;
            }

            end = await JoinChosenAsync(list, networks, cancel);
            if (end != FormEnd.Back)
            {
                return end;
            }
        }
    }

    // Back: the list is shown anew.
    private async Task<FormEnd> JoinChosenAsync(FormModel list, IReadOnlyList<WirelessNetwork> networks, CancellationToken cancel)
    {
        var chosen = list.Get<ChoiceEntry>("network").Value;
        if (chosen == Again)
        {
            return FormEnd.Back;
        }

        if (chosen == TypeName)
        {
            Ssid.TryOfText(list.Get<TextEntry>("name").Value, out var typed);
            return (await _prompt.RunAsync(KeyOf(typed, isHidden: true), cancel)).End;
        }

        var network = networks.First(one => IdOf(one) == chosen);
        if (network.Security == WirelessSecurity.Key)
        {
            return (await _prompt.RunAsync(KeyOf(network.Ssid, isHidden: false), cancel)).End;
        }

        try
        {
            await (network.Security == WirelessSecurity.Open ? JoinAsync(network.Ssid, null, isHidden: false, cancel) : throw MachineErrors.WirelessImpossible(network.Ssid.Shown));
            return FormEnd.Done;
        }
        catch (UserErrorException e)
        {
            lines.Say(e);
            return FormEnd.Back;
        }
    }

    private static FormModel ListOf(IReadOnlyList<WirelessNetwork> networks)
    {
        Choice[] choices = [.. networks.Select(ChoiceOf), new Choice(TypeName, WirelessWords.TypeName), new Choice(Again, WirelessWords.Again)];
        var network = new ChoiceEntry("network", WirelessWords.NetworkLabel, choices, choices[0].Id is TypeName ? Again : choices[0].Id) { Help = WirelessWords.NetworkHelp };
        var name = new TextEntry("name", WirelessWords.NameLabel)
        {
            Applies = () => network.Value == TypeName,
            IsRequired = true,
            Rule = typed => Ssid.TryOfText(typed, out _) ? null : WirelessWords.NameRule,
        };
        return new FormModel(WirelessWords.Title, [network, name], FormAction.Take(Screens.Words.Common.Next)) { Help = WirelessWords.NetworkHelp };
    }

    private FormModel KeyOf(Ssid ssid, bool isHidden)
    {
        var key = new SecretEntry("key", isHidden ? WirelessWords.KeyLabelOrNone : WirelessWords.KeyLabel)
        {
            IsRequired = !isHidden,
            Rule = typed => WirelessKey.TryParse(typed) is null ? WirelessWords.KeyRule : null,
        };
        return new FormModel($"{WirelessWords.Title}: {ssid.Shown}", [key], new FormAction("join", WirelessWords.Join, async cancel =>
        {
            // Whatever comes of it, it is typed anew.
            var typed = WirelessKey.TryParse(key.Value);
            key.Value = "";
            await JoinAsync(ssid, typed, isHidden, cancel);
        }));
    }

    private async Task JoinAsync(Ssid ssid, WirelessKey? key, bool isHidden, CancellationToken cancel)
    {
        lines.Say(Language.Fill(WirelessWords.Joining, ssid.Shown));
        switch (await join(ssid, key, isHidden, cancel))
        {
            case JoinEnd.Joined:
                lines.Say(Language.Fill(WirelessWords.Joined, ssid.Shown));
                break;
            case JoinEnd.WrongKey:
                throw MachineErrors.WirelessKey(ssid.Shown);
            case JoinEnd.NotFound:
                throw MachineErrors.WirelessNotFound(ssid.Shown);
            default:
                throw MachineErrors.WirelessRefused(ssid.Shown);
        }
    }

    // Null: the card cannot, and why was said.
    private async Task<IReadOnlyList<WirelessNetwork>?> TryListenAsync(CancellationToken cancel)
    {
        lines.Say(WirelessWords.Listening);
        try
        {
            return await listen(cancel);
        }
        catch (UserErrorException e)
        {
            lines.Say(e);
            return null;
        }
    }

    private static Choice ChoiceOf(WirelessNetwork network)
    {
        var words = network.Security switch
        {
            WirelessSecurity.Key => WirelessWords.Secured,
            WirelessSecurity.Open => WirelessWords.Open,
            _ => WirelessWords.Other,
        };
        return new Choice(IdOf(network), HotKey.Escape(network.Ssid.Shown), Language.Fill(words, Strength(network.Level)));
    }

    private static string IdOf(WirelessNetwork network) => $"{network.Security}:{network.Ssid.Hex}";

    // -50 dBm is as good as it gets, -100 is nothing.
    private static string Strength(int level) => Math.Clamp(2 * (level + 100), 0, 100).ToString(CultureInfo.InvariantCulture);
}
