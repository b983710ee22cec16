using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Jobs;

internal sealed class JobStartVerb : ServerVerb
{
    private readonly JobStartOptions _options = new();
    private readonly Option<bool> _yes = VerbOptions.Flag("--yes", "Do not ask. If more than one host loses its disks, --count says how many.");
    private readonly Option<int?> _count = VerbOptions.Number("--count", "With --yes: how many hosts lose what is on their disks.", 1, int.MaxValue);
    private readonly Option<bool> _watch = VerbOptions.Flag("--watch", "Stay and show how it goes; the exit code is then that of `job watch`.");

    public JobStartVerb(Session session)
        : base(
            session,
            "start",
            "Start work on hosts. Shows first what it would do to which disk and what rules a host out, then asks. Exit code 3 if a host was ruled out.",
            "job start capture --config win11",
            "job start restore --room r101 --watch",
            "job start restore r101-pc0? --partitions 1,3 --yes --count 9",
            "job start restore --config win11 --at 22:30 --wake",
            "job start restore --room r101 --wait-hosts 25 --wait-seconds 300",
            "job start restore r101-pc01 --unicast --limit 30MB",
            "job start backup r101-pc01 --partitions 3 --name office-c",
            "job start erase r101-pc01")
    {
        Asks([.. _options.All, _yes, _count, _watch]);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var request = await _options.RequestOfAsync(parsed, Session, cancel);
        var isDestructive = JobKinds.IsDestructive(request.Kind);
        if (isDestructive)
        {
            Confirmation.RequireSomebodyToAsk(Terminal, parsed.GetValue(_yes), "overwrite the disks of hosts");
        }

        var preview = await server.CallAsync(JobApi.Start, request with { Preview = true }, cancel);
        BatchText.WriteOutlook(Terminal.Talk, preview.Hosts);
        var able = preview.Hosts.Where(host => host.Obstacle is null).Select(host => host.Name).ToList();
        if (able.Count == 0)
        {
            throw ServerErrors.NoHostCan(preview.Hosts.Count);
        }

        if (isDestructive)
        {
            await ConfirmAsync(parsed, able, cancel);
        }

        var answer = await server.CallAsync(JobApi.Start, request with { Confirm = able.Count, Seen = preview.Seen }, cancel);
        return await ReportAsync(parsed, request, answer, server.Address, cancel);
    }

    private async Task ConfirmAsync(ParseResult parsed, List<string> able, CancellationToken cancel)
    {
        if (parsed.GetValue(_yes))
        {
            RequireCount(parsed.GetValue(_count), able.Count);
            return;
        }

        await Terminal.Talk.WriteLineAsync($"What is on these disks of {Confirmation.CountOf(able, "host")} is lost.");
        await Confirmation.RequireAllAsync(Terminal, able, cancel);
    }

    private static void RequireCount(int? said, int hosts)
    {
        if (said is null && hosts > 1)
        {
            throw ServerErrors.UsageCountNeeded(hosts);
        }

        if (said is { } number && number != hosts)
        {
            throw ServerErrors.CountDiffers(number, hosts);
        }
    }

    private async Task<ExitCode> ReportAsync(ParseResult parsed, BatchRequest request, BatchAnswer answer, string address, CancellationToken cancel)
    {
        if (parsed.GetValue(_watch) && answer.Batch is { } batch)
        {
            using var patient = Session.ConnectPatiently(address);
            return await new BatchWatch(Session, patient, batch).RunAsync(IsJson(parsed), cancel);
        }

        Print(parsed, answer, CliJson.Default.BatchAnswer, writer => BatchText.WriteStarted(writer, answer, request, Session.Clock));
        return answer.Hosts.All(host => host.Obstacle is null) ? ExitCode.Done : ExitCode.DoneWithWarnings;
    }
}
