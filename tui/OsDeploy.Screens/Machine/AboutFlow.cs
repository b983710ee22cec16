using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>What this computer and this program are.</summary>
internal static class AboutFlow
{
    public static async Task<FormModel> PrepareAsync(MachineSession session, CancellationToken cancel)
    {
        var (identity, inventory) = await session.Computer.ReadAsync(cancel);
        var (facts, options) = (session.State.Facts, session.Options);
        List<(string Label, string Text)> lines =
        [
            (Words.Machine.AboutProgram, options.Program),
            (Words.Machine.AboutServer, Language.Fill(Words.Machine.ConnectedTo, Printable.Of(facts?.Appliance ?? "-"), Printable.Of(options.Server))),
            (Words.Machine.AboutKey, options.Key is { } key ? key.Words : Words.Common.None),
            (Words.Machine.AboutName, Printable.Of(facts?.Name ?? Words.Machine.NotRegisteredShort)),
            (Words.Machine.AboutConfiguration, Printable.Of(facts?.Configuration ?? Words.Common.None) + (facts?.IsMaster == true ? $" ({Words.Machine.IsMaster})" : "")),
            (Words.Machine.AboutComputer, ComputerOf(inventory)),
            (Words.Machine.AboutMacs, string.Join("  ", identity.Macs)),
            .. inventory.Disks.Select(disk => (Words.Machine.AboutDisk, new DiskNote(disk, "", null).Name)),
        ];
        return new FormModel(Words.Machine.AboutTitle, [.. lines.Select((line, i) => new InfoEntry($"line{i}", () => $"{line.Label}: {line.Text}"))]) { Help = Words.Machine.HelpAbout };
    }

    private static string ComputerOf(Inventory inventory) => string.Join(", ", new[]
    {
        Printable.Of(inventory.Vendor, 40), Printable.Of(inventory.Model, 40), inventory.Firmware.ToUpperInvariant(), Sizes.Of(inventory.MemoryBytes),
    }.Where(part => part.Length > 0));
}
