using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Agents;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Jobs;
using OsDeploy.Text;

namespace OsDeploy.Server.Boot;

/// <param name="Server">Address of the plain listener, as the PC calls it.</param>
/// <param name="Local">Address of the appliance on which the PC asked.</param>
/// <param name="Remote">Address of the PC.</param>
internal sealed record BootDoor(string Server, IPAddress Local, IPAddress? Remote);

/// <param name="Boot">Id of the start that it is for.</param>
/// <param name="Host">Id of the host; null: nobody has registered it.</param>
internal sealed record BootAnswer(string Script, string Boot, string? Host);

/// <summary>Who asks for a script, what is known of it, and the script.</summary>
internal sealed partial class BootDesk(
    BootBook book, ClientBuilds builds, HostRegistry hosts, HostMeetings meetings, ConfigurationRegistry configurations, JobBoard board, ClaimTokens claims, BootStarts starts, NextStarts next, BootHistory history, Alarms alarms,
    ApplianceName appliance, ILogger<BootDesk> log)
{
    /// <summary>Id of all starts by a script that lies ready for TFTP.</summary>
    public const string TftpBoot = "tftp";

    private const int HttpsPort = 443;

    private static readonly (BootFirmware Firmware, BootLoader Loader)[] s_ways =
        [(BootFirmware.Bios, BootLoader.Ipxe), (BootFirmware.Uefi, BootLoader.Ipxe), (BootFirmware.Uefi, BootLoader.Grub)];

    /// <summary>Decides, writes it down, and says it in the words of the loader.</summary>
    public async Task<BootAnswer> ScriptAsync(BootRequest request, BootDoor door, CancellationToken cancel)
    {
        var isRight = request.Wish == BootWish.Tool && await book.MatchesAsync(request.Password, cancel);
        var host = HostOf(request);
        var (record, isAgain) = history.Ask(request.Macs[0], door.Remote?.ToString() ?? "");
        var (facts, job) = FactsOf(request, host, door.Remote, isRight);
        var decision = BootDecision.Of(isAgain ? facts.BeforeLastStart() with { Once = host is null ? null : next.GivenFor(host.Id, record.Id) } : facts);
        if (!isAgain)
        {
            Count(decision, facts, job);
            CountOnce(decision, facts, record.Id);
        }

        var build = BuildFor(facts.Options);
        var decided = record with
        {
            Host = host?.Id,
            Name = host?.Name.ToString(),
            Firmware = request.Firmware,
            Loader = request.Loader,
            Action = NameOf(decision.Action),
            Reason = decision.Words,
            Because = decision.Reason,
            Build = CarriesClient(decision, request.Loader) ? build : null,
            Once = decision.Once,
        };
        history.Decided(decided, $"{decided.Action}: {decided.Reason}");
        LogDecision(log, decided.Name ?? decided.Mac, decided.Action!, decided.Reason!);
        return new BootAnswer(Say(request.Loader, ScriptOf(facts, decision, build, door, record.Id, decision.HasToken && job is not null ? claims.Of(job) : null, host?.Name.ToString() ?? record.Mac)), record.Id, host?.Id);
    }

    /// <summary>All of it went to the loader.</summary>
    public void Sent(BootAnswer answer)
    {
        if (answer.Host is { } host)
        {
            next.Sent(host, answer.Boot);
        }
    }

    /// <summary>The script that lay ready for TFTP went to the loader of a card, because HTTP has failed.</summary>
    public void SentReady(MacAddress card)
    {
        if (hosts.OfCard([card]) is { } host)
        {
            var (facts, _) = ReadyFactsOf(host);
            CountOnce(BootDecision.Of(facts), facts, TftpBoot);
            next.Sent(host.Id, TftpBoot);
        }
    }

    /// <summary>What a host would get now, by each way it may come.</summary>
    /// <exception cref="UserErrorException"><c>host-missing</c></exception>
    public IReadOnlyList<BootOutlook> Look(string nameOrId, BootDoor door)
    {
        var host = hosts.Show(nameOrId).Host;
        return [.. s_ways.Select(way => OutlookOf(host, way.Firmware, way.Loader, door))];
    }

    /// <summary>The script of a host that GRUB finds by TFTP when HTTP has failed.</summary>
    public string FallbackFor(Host? host, BootDoor door)
    {
        var (facts, job) = ReadyFactsOf(host);
        var decision = BootDecision.Of(facts);
        return GrubScript.Of(ScriptOf(facts, decision, builds.Current, door, TftpBoot, decision.HasToken && job is not null ? claims.Of(job) : null, host?.Name.ToString() ?? "unknown") with { IsOverTftp = true });
    }

    /// <summary>Who it most likely is. A wrong guess starts the client for nothing: which host it is, the agent's hello says.</summary>
    public Host? HostOf(BootRequest request)
    {
        if (meetings.HostOf(request.Identity, isLab: false) is { } host)
        {
            return hosts.FindById(host.Id);
        }

        return HardwareValues.Of(request.Identity).IsStrong ? null : hosts.OfCard(request.Macs);
    }

    // By TFTP there is only the current build; and the file for everybody is not only for those who are nobody.
    private (BootFacts Facts, Job? Job) ReadyFactsOf(Host? host)
    {
        var request = new BootRequest(BootLoader.Grub, BootFirmware.Uefi, IsSupported: true, host?.Identity.Macs ?? [], null, null, null, null, BootWish.None, null);
        var (facts, job) = FactsOf(request, host, null, isRight: false);
        return (facts with { Options = facts.Options with { Build = null }, HasBuild = builds.Current is not null, Unknown = UnknownHosts.Menu }, job);
    }

    private BootOutlook OutlookOf(Host host, BootFirmware firmware, BootLoader loader, BootDoor door)
    {
        var request = new BootRequest(loader, firmware, IsSupported: true, host.Identity.Macs, null, host.Inventory?.Vendor, host.Inventory?.Model, null, BootWish.None, null);
        var (facts, _) = FactsOf(request, host, door.Remote, isRight: false);
        var decision = BootDecision.Of(facts);
        var script = Say(loader, ScriptOf(facts, decision, BuildFor(facts.Options), door, "preview", null, host.Name.ToString()));
        return new BootOutlook(firmware, loader, NameOf(decision.Action), decision.Words, decision.Reason, script, decision.Once);
    }

    private (BootFacts Facts, Job? Job) FactsOf(BootRequest request, Host? host, IPAddress? remote, bool isRight)
    {
        var settings = book.Settings;
        var rule = BootBook.RuleFor(settings, remote);
        var configuration = host?.Configuration is { } name ? configurations.Find(name) : null;
        var options = (host?.Boot ?? BootOptions.None).Over((configuration?.Boot ?? BootOptions.None).Over(new BootOptions(Build: rule?.Build).Over(settings.Options)));
        var job = host is null ? null : board.ActiveOf(host.Id);
        return (new BootFacts(
            request.Firmware,
            request.Loader,
            request.IsSupported,
            host is null ? null : new BootHost(host.Id, host.Name.ToString(), host.IsBlocked),
            job is null ? null : new BootJob(job.Id, JobRules.WaitsToRetry(job) ? JobState.Waiting : job.State, starts.Of(job.Host, job.Id), board.Live.LeftOf(job) > TimeSpan.Zero),
            options,
            rule?.Unknown ?? settings.Unknown,
            BuildFor(options) is not null,
            request.Vendor ?? host?.Inventory?.Vendor,
            request.Model ?? host?.Inventory?.Model,
            settings.Models,
            request.Wish,
            settings.MenuPassword is not null,
            isRight,
            book.Verifier is not null,
            host is null ? null : next.Of(host.Id)), job);
    }

    // GRUB's menu starts the client by itself once it has compared the password: nobody gets it by asking for it.
    private static bool CarriesClient(BootDecision decision, BootLoader loader) =>
        decision.Action is BootAction.Agent or BootAction.AgentMenu || (loader == BootLoader.Grub && decision is { OffersTool: true, AsksPassword: true });

    private string? BuildFor(BootOptions options) => options.Build is { } named && builds.Find(named) is not null ? named : builds.Current;

    private ScriptFacts ScriptOf(BootFacts facts, BootDecision decision, string? build, BootDoor door, string boot, string? token, string name)
    {
        var isStarted = CarriesClient(decision, facts.Loader);
        var line = isStarted && build is not null && builds.Find(build) is { } found
            ? new KernelLine(found.CommandLine, AgentAddress(door.Local), appliance.Key.ToString(), boot, facts.Options, decision.IsAuto, token).ToString()
            : "";
        return new ScriptFacts
        {
            Decision = decision,
            Firmware = facts.Firmware,
            Server = door.Server,
            Build = isStarted ? build : null,
            KernelLine = line,
            Name = name,
            Language = facts.Options.Language ?? "en",
            Seconds = book.Settings.MenuSeconds,
            Verifier = decision.AsksPassword ? book.Verifier : null,
        };
    }

    private void Count(BootDecision decision, BootFacts facts, Job? job)
    {
        if (decision.Action == BootAction.Agent && job is not null)
        {
            starts.Add(job.Host, job.Id);
        }
        else if (decision.Reason == BootReason.JobKeepsFailing && job is not null)
        {
            alarms.Raise(
                BootLoops.Alarm,
                $"{facts.Host?.Name} was started {BootDecision.MaxStarts} times for job {job.Id.TrimStart('0')} and said nothing. It starts its own disk now.",
                "Look at its screen while it starts, and at `osdeploy boot history --host`; then `osdeploy boot retry`, or cancel the job.",
                job.Host,
                job.Id);
        }
    }

    private void CountOnce(BootDecision decision, BootFacts facts, string boot)
    {
        if (facts is not { Host: { } host, Once: { } once })
        {
            return;
        }

        if (decision.Reason == BootReason.SaidOnce)
        {
            next.Given(host.Id, boot);
        }
        else if (once.Starts >= BootDecision.MaxStarts && next.Clear(host.Id) is not null)
        {
            alarms.Raise(
                NextStartDesk.Alarm,
                $"{host.Name} was to start {BootDecision.NameOf(once.To)} once, as {once.By} said, and has not in {BootDecision.MaxStarts} starts. It starts as usual again.",
                "Look at its screen while it starts, and at `osdeploy boot history --host`; then say it again with `osdeploy boot next`.",
                host.Id,
                job: null);
        }
    }

    private string AgentAddress(IPAddress local)
    {
        var served = appliance.Addresses.Select(address => new Uri(address)).ToList();
        var exact = served.FirstOrDefault(address => address.Host == local.ToString());
        var port = (exact ?? served.FirstOrDefault(address => address.Host is "0.0.0.0" or "[::]") ?? served.FirstOrDefault())?.Port ?? HttpsPort;
        return string.Create(CultureInfo.InvariantCulture, $"https://{local}:{port}");
    }

    private static string Say(BootLoader loader, ScriptFacts facts) => loader == BootLoader.Ipxe ? IpxeScript.Of(facts) : GrubScript.Of(facts);

    private static string NameOf(BootAction action) => action switch
    {
        BootAction.LocalDisk => "local-disk",
        BootAction.Agent => "agent",
        BootAction.AgentMenu => "agent-menu",
        BootAction.Menu => "menu",
        BootAction.Refuse => "refuse",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "no such action"),
    };

    [LoggerMessage(LogLevel.Information, "{Computer} boots {Action}: {Reason}.")]
    private static partial void LogDecision(ILogger log, string computer, string action, string reason);
}
