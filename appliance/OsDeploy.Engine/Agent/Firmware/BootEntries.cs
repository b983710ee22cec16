using System.Text.RegularExpressions;

namespace OsDeploy.Agent.Firmware;

/// <summary>One thing the firmware can start.</summary>
/// <param name="Number">Four hexadecimal digits.</param>
/// <param name="Path">Device path as efibootmgr writes it, with whatever data follow it.</param>
internal sealed record BootEntry(string Number, bool IsActive, string Label, string Path);

/// <summary>What the firmware can start and in which order, UEFI specification section 3.1.</summary>
/// <param name="Current">What this computer was started from; null: the firmware does not say.</param>
/// <param name="Order">Numbers, each once; the first is tried first.</param>
internal sealed partial record BootEntries(string? Current, IReadOnlyList<string> Order, IReadOnlyList<BootEntry> Entries)
{
    /// <summary>
    /// The answer of <c>efibootmgr --verbose</c> 17 or 18. They differ in the data behind a path, and 18 adds lines with its bytes. A label is
    /// whatever somebody has called it; what does not look like an entry is left out.
    /// </summary>
    public static BootEntries Parse(string output)
    {
        var (current, order, entries) = ((string?)null, new List<string>(), new List<BootEntry>());
        foreach (var line in output.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (Entry().Match(line) is { Success: true } found)
            {
                var text = found.Groups["text"].Value;
                var tab = text.LastIndexOf('\t'); // a label may have one of its own, a path has none
                entries.Add(new BootEntry(
                    found.Groups["number"].Value.ToUpperInvariant(), found.Groups["active"].Value == "*", tab < 0 ? text : text[..tab], tab < 0 ? "" : text[(tab + 1)..]));
            }
            else if (CurrentLine().Match(line) is { Success: true } said)
            {
                current = said.Groups["number"].Value.ToUpperInvariant();
            }
            else if (OrderLine().Match(line) is { Success: true } listed)
            {
                order = [.. listed.Groups["numbers"].Value.ToUpperInvariant().Split(',')];
            }
        }

        return new BootEntries(current, [.. order.Distinct()], [.. entries.DistinctBy(entry => entry.Number)]);
    }

    public BootEntry? Find(string? number) => Entries.FirstOrDefault(entry => entry.Number == number);

    [GeneratedRegex(@"^Boot(?<number>[0-9A-Fa-f]{4})(?<active>[* ]) ?(?<text>.*)$")]
    private static partial Regex Entry();

    [GeneratedRegex("^BootCurrent: (?<number>[0-9A-Fa-f]{4})$")]
    private static partial Regex CurrentLine();

    [GeneratedRegex("^BootOrder: (?<numbers>[0-9A-Fa-f]{4}(?:,[0-9A-Fa-f]{4})*)$")]
    private static partial Regex OrderLine();
}
