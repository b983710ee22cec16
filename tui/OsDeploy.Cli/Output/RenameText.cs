using OsDeploy.Api.Hosts;

namespace OsDeploy.Cli.Output;

/// <summary>Old and new names of a room's hosts.</summary>
internal static class RenameText
{
    public static void Write(TextWriter writer, RenameReport report)
    {
        var table = new TextTable("NOW", "THEN", "WHY NOT");
        foreach (var host in report.Hosts)
        {
            table.Add(host.From.ToString(), host.To is { } to ? to == host.From ? "the same" : to.ToString() : "-", host.Fault ?? "");
        }

        table.Write(writer);
    }

    public static string SummaryOf(RenameReport report) =>
        report.Errors > 0 ? $"Nothing was changed: {Words.Count(report.Errors, "host")} cannot have these names."
        : report.IsApplied ? $"{Words.Count(report.Hosts.Count(host => host.To != host.From), "host")} renamed."
        : "Nothing was changed.";
}
