using OsDeploy.Api.Hosts;

namespace OsDeploy.Cli.Output;

/// <summary>What an import of hosts did or would do, line by line of the file.</summary>
internal static class ImportText
{
    public static void Write(TextWriter writer, ImportReport report)
    {
        var table = new TextTable(">LINE", "WHAT", "NAME", "DETAIL");
        foreach (var line in report.Lines.Where(line => line.Action != "same"))
        {
            table.Add($"{line.Line}", line.Action, line.Name, line.Detail);
        }

        table.Write(writer);
        writer.WriteLine($"{Count(report, "add")} to add, {Count(report, "change")} to change, {Count(report, "same")} the same, {report.Errors} wrong. " + Outcome(report));
    }

    private static int Count(ImportReport report, string action) => report.Lines.Count(line => line.Action == action);

    private static string Outcome(ImportReport report) =>
        report.IsApplied ? "All of it was done."
        : report.Errors > 0 ? "Nothing was changed: correct the lines that are wrong first."
        : "Nothing was changed: add --apply to do it.";
}
