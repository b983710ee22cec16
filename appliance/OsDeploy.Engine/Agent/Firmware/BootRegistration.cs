using System.Globalization;

namespace OsDeploy.Agent.Firmware;

/// <summary>
/// Gives the firmware an entry for a restored system in place of those of earlier restores. The new one is there before an old one goes, so that
/// a computer that is switched off meanwhile knows either.
/// </summary>
/// <param name="efibootmgr">Runs it with these arguments and returns what it prints.</param>
/// <param name="isFromNetwork">A boot script has started this computer.</param>
internal sealed class BootRegistration(Func<IReadOnlyList<string>, Task<string>> efibootmgr, bool isFromNetwork)
{
    /// <returns>What was done, in a sentence.</returns>
    /// <exception cref="UserErrorException"><c>boot-entry-lost</c>, and what efibootmgr fails with.</exception>
    public async Task<string> RunAsync(RestoredSystem system)
    {
        var before = await AskAsync();
        var number = before.Entries.FirstOrDefault(system.IsThis)?.Number;
        var entries = number is null ? await AskAsync(CreationOf(system)) : before;
        number ??= entries.Entries.FirstOrDefault(entry => before.Find(entry.Number) is null)?.Number ?? throw AgentErrors.BootEntryLost(system.Label);
        var gone = entries.Entries.Where(entry => entry.Number != number && system.IsOurs(entry)).Select(entry => entry.Number).ToList();
        var order = BootOrder.With(entries, number, gone, isFromNetwork);
        if (!order.SequenceEqual(entries.Order))
        {
            entries = await AskAsync("--bootorder", string.Join(',', order));
        }

        foreach (var old in gone)
        {
            entries = await AskAsync("--bootnum", old, "--delete-bootnum");
        }

        // Some firmware takes a value and keeps another.
        return entries.Find(number) is not null && entries.Order.Take(order.Count).SequenceEqual(order)
            ? $"The firmware starts {system.Label} (Boot{number}){(order[0] == number ? "" : $" after Boot{string.Join(", Boot", order.TakeWhile(other => other != number))}")}."
            : throw AgentErrors.BootEntryLost(system.Label);
    }

    private static string[] CreationOf(RestoredSystem system) =>
    [
        "--create-only", "--disk", system.Disk, "--part", system.Partition.ToString(CultureInfo.InvariantCulture), "--loader", system.FirmwareLoader, "--label", system.Label,
    ];

    private async Task<BootEntries> AskAsync(params string[] arguments) => BootEntries.Parse(await efibootmgr(["--verbose", .. arguments]));
}
