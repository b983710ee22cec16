using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Doctor;

/// <summary>An examination as text that can be copied into a mail.</summary>
internal static class DoctorText
{
    public static void Write(TextWriter writer, IReadOnlyList<DoctorCheck> checks)
    {
        writer.WriteLine($"{ProgramVersion.Text} on {Environment.OSVersion.VersionString}, {Environment.ProcessorCount} processors");
        writer.WriteLine();
        var table = new TextTable("", "AREA", "NAME", "FOUND");
        foreach (var check in checks)
        {
            table.Add(MarkOf(check.State), check.Area, check.Name, check.Found);
        }

        table.Write(writer);
        writer.WriteLine();
        WriteFixes(writer, checks);
    }

    private static void WriteFixes(TextWriter writer, IReadOnlyList<DoctorCheck> checks)
    {
        var fixes = checks.Where(check => check.Fix is not null).Select(check => check.Fix!).Distinct().ToList();
        if (fixes.Count == 0)
        {
            writer.WriteLine("Everything is there.");
            return;
        }

        writer.WriteLine(checks.Any(check => check.State == CheckState.Missing)
            ? "Something needed is missing. To fix it:"
            : "Everything needed is there. To lift the limits:");
        foreach (var fix in fixes)
        {
            writer.WriteLine("  " + fix);
        }
    }

    private static string MarkOf(CheckState state) => state switch
    {
        CheckState.Good => "ok",
        CheckState.Limited => "limited",
        _ => "MISSING",
    };
}
