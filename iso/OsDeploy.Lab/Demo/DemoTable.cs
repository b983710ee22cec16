using System.Globalization;
using OsDeploy.Lab.Pcs;

namespace OsDeploy.Lab.Demo;

/// <summary>The summary of the demonstration, as text.</summary>
internal static class DemoTable
{
    private static readonly string[] s_heads = ["PC", "Firmware", "On to client", "Job", "Took", "On to own disk", "Files as the master's"];

    public static string Of(IReadOnlyList<DemoRow> rows, TimeSpan total)
    {
        var lines = rows.Select(Cells).Prepend(s_heads).ToList();
        var widths = Enumerable.Range(0, s_heads.Length).Select(column => lines.Max(line => line[column].Length)).ToList();
        var text = lines.Select(line => string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return string.Join('\n', text) + "\n\nAll of it took " + Seconds(total) + ".\n";
    }

    public static string Words(PcFirmware firmware) => firmware switch
    {
        PcFirmware.Bios => "BIOS",
        PcFirmware.Uefi => "UEFI",
        PcFirmware.SecureBoot => "Secure Boot",
        _ => throw new ArgumentOutOfRangeException(nameof(firmware), firmware, "unknown"),
    };

    private static string[] Cells(DemoRow row) =>
    [
        row.Pc.ToString(CultureInfo.InvariantCulture),
        Words(row.Firmware),
        Seconds(row.ToClient),
        row.Job,
        Seconds(row.Took),
        row.ToOwnDisk is { } time ? Seconds(time) : "-",
        row.Files is { } files ? string.Create(CultureInfo.InvariantCulture, $"all {files}") : "(it is the master)",
    ];

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
