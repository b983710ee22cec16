using OsDeploy.Agent.Network;
using OsDeploy.Agent.Network.Wireless;
using OsDeploy.Boot;
using OsDeploy.Cli.Login;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using WirelessWords = OsDeploy.Screens.Words.Wireless;

namespace OsDeploy.Cli.Machine;

/// <summary>What a person is asked at a PC that was started from a stick, before it can be a host: a network, and the appliance.</summary>
/// <param name="script">What udhcpc calls; null: there is a network.</param>
internal sealed class MachineStart(PlainLines lines, string? script, int? vlan, TimeProvider time)
{
    /// <param name="named">Address that the boot parameters name without a key; null: none.</param>
    /// <returns>Null: nobody answers any more.</returns>
    public async Task<ChosenAppliance?> AskAsync(string? named, CancellationToken cancel)
    {
        await using var network = NewNetwork();
        var way = network is null ? null : new FirstWay(lines, (mayGiveUp, stop) => network.ConnectAsync(lines.Say, mayGiveUp, stop), WirelessOf(network));
        return await new ApplianceQuestion(lines, (server, stop) => ServerProbe.ReadKeyAsync(server, time, stop))
            .AskAsync(way, stop => network?.PlacesAsync(stop) ?? Task.FromResult<IReadOnlyList<string>>([]), named, cancel);
    }

    /// <summary>Asks for a wireless network where no cable is plugged in. The way to the appliance is looked for afterwards.</summary>
    public async Task OfferWirelessAsync(CancellationToken cancel)
    {
        await using var network = NewNetwork();
        if (network is not null && WirelessOf(network) is { } ask && !await network.HasLinkAsync(cancel))
        {
            await ask(cancel);
        }
    }

    private FirstNetwork? NewNetwork() => script is null ? null : new FirstNetwork(vlan, script, time);

    // Null: this was started without wireless drivers.
    private Func<CancellationToken, Task<FormEnd>>? WirelessOf(FirstNetwork network)
    {
        if (File.Exists("/" + StartMedium.WirelessBegun) && !File.Exists("/" + StartMedium.WirelessComplete))
        {
            lines.Say(Language.Fill(WirelessWords.NoMemory, StartMedium.WirelessMemory));
            return null;
        }

        return WirelessCard.IsPossible ? cancel => ChooseAsync(network, cancel) : null;
    }

    // A card for USB may have been plugged in meanwhile: it is looked for each time.
    private async Task<FormEnd> ChooseAsync(FirstNetwork network, CancellationToken cancel)
    {
        if (WirelessCard.TryFind(time) is not { } card)
        {
            lines.Say(WirelessWords.NoCard);
            return FormEnd.Back;
        }

        var end = await new WirelessQuestion(lines, card.ListenAsync, card.JoinAsync).AskAsync(cancel);
        if (end == FormEnd.Done)
        {
            await network.ForgetAsync();
        }

        return end;
    }
}
