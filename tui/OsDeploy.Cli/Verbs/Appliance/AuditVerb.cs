using System.CommandLine;
using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class AuditVerb : ServerVerb
{
    private const int Page = 1000;
    private const int FewLines = 50;

    private readonly Option<int?> _count = VerbOptions.Number("--count", $"Show so many lines. Default: {FewLines}.", 1, int.MaxValue);
    private readonly Option<bool> _check = VerbOptions.Flag("--check", "Only say whether the whole log is as it was written.");

    public AuditVerb(Session session)
        : base(
            session,
            "audit",
            "Show who did what, newest first. Exit code 1 if lines were changed or taken out.",
            "audit --count 200",
            "audit --check") =>
        Asks(_count, _check);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var isCheck = parsed.GetValue(_check);
        var page = isCheck
            ? await server.AskAsync(AccountApi.Audit, [("count", "1"), ("check", "true")], cancel)
            : await ReadAsync(server, parsed.GetValue(_count) ?? FewLines, cancel);
        Print(parsed, page, CliJson.Default.AuditPage, writer => Write(writer, page, isCheck));
        return page.BrokenAt is null ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<AuditPage> ReadAsync(ServerConnection server, int count, CancellationToken cancel)
    {
        var lines = new List<AuditLine>();
        long? brokenAt = null;
        while (lines.Count < count)
        {
            var size = Math.Min(count - lines.Count, Page);
            var before = lines.Count > 0 ? lines[^1].Number.ToString(CultureInfo.InvariantCulture) : null;
            var page = await server.AskAsync(AccountApi.Audit, [("count", size.ToString(CultureInfo.InvariantCulture)), ("before", before)], cancel);
            brokenAt ??= page.BrokenAt;
            lines.AddRange(page.Lines);
            if (page.Lines.Count < size)
            {
                break;
            }
        }

        return new AuditPage(lines, brokenAt);
    }

    private void Write(TextWriter writer, AuditPage page, bool isCheck)
    {
        if (!isCheck)
        {
            ApplianceText.WriteAudit(writer, page, Session.Clock);
        }

        if (page.BrokenAt is { } number)
        {
            writer.WriteLine($"The log is broken at line {number}: it or the line before it was changed or taken out.");
        }
        else if (isCheck)
        {
            writer.WriteLine($"The log is whole, to line {(page.Lines is [var newest, ..] ? newest.Number : 0)}.");
        }
    }
}
