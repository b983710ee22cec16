using System.CommandLine;
using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Boot;

internal sealed class BootHistoryVerb : ServerVerb
{
    private const int Most = 500;
    private const int Usual = 20;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly Option<string?> _host = VerbOptions.Text("--host", "Only this host.", "NAME");
    private readonly Option<int?> _count = VerbOptions.Number("--count", "How many starts, the last ones.", 1, Most);
    private readonly Option<bool> _follow = VerbOptions.Flag("--follow", "Go on with what comes, a line for each step, until Ctrl-C.");

    public BootHistoryVerb(Session session)
        : base(session, "history", "Show how far computers came when they started over the network.", "boot history", "boot history --host r101-pc01", "boot history --follow")
    {
        Asks(_host, _count, _follow);
        Validators.Add(result =>
        {
            if (result.GetValue(_follow) && result.GetResult(_count) is not null)
            {
                result.AddError("--follow and --count exclude each other.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var records = await ReadAsync(parsed, server, cancel);
        if (!parsed.GetValue(_follow))
        {
            Print(parsed, records, CliJson.Default.IReadOnlyListBootRecord, writer => BootText.WriteList(writer, records, Session.Clock));
            return ExitCode.Done;
        }

        var seen = records.ToDictionary(record => record.Id, record => record.Steps.Count);
        while (true)
        {
            await Task.Delay(s_pause, Session.Clock, cancel);
            foreach (var record in (await ReadAsync(parsed, server, cancel)).Reverse())
            {
                BootText.WriteSteps(Terminal.Output, record, seen.GetValueOrDefault(record.Id), Session.Clock);
                seen[record.Id] = record.Steps.Count;
            }
        }
    }

    private Task<IReadOnlyList<BootRecord>> ReadAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var count = parsed.GetValue(_follow) ? Most : parsed.GetValue(_count) ?? Usual;
        return server.AskAsync(BootApi.History, [("host", parsed.GetValue(_host)), ("count", count.ToString(CultureInfo.InvariantCulture))], cancel);
    }
}
