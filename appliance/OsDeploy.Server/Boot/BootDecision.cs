using System.Globalization;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Server.Boot;

internal enum BootAction
{
    /// <summary>On to its own disk.</summary>
    LocalDisk,

    /// <summary>The client, which begins its job by itself.</summary>
    Agent,

    /// <summary>The client with its menu.</summary>
    AgentMenu,

    /// <summary>A choice between the two, in the loader.</summary>
    Menu,

    /// <summary>A text, then its own disk.</summary>
    Refuse,
}

/// <summary>What a PC boots, and why.</summary>
/// <param name="IsAuto">The agent begins by itself: somebody has approved it.</param>
/// <param name="HasToken">The script carries the token with which the PC takes its job.</param>
/// <param name="OffersTool">The menu has the tool on it.</param>
/// <param name="Waits">The menu shows itself; else only when a key is pressed.</param>
/// <param name="AsksPassword">Before the tool.</param>
/// <param name="Once">What an operator said for this start; unless it is the reason, a job goes first.</param>
internal sealed record BootDecision(
    BootAction Action, BootReason Reason, LocalExit Exit, bool IsAuto = false, bool HasToken = false, bool OffersTool = false, bool Waits = false, bool AsksPassword = false, BootOnce? Once = null)
{
    /// <summary>Starts of a PC for the same job, or for what an operator said, after which it is not led there any more.</summary>
    public const int MaxStarts = 3;

    public static BootDecision Of(BootFacts facts)
    {
        var exit = LocalExit.Of(facts);
        return facts switch
        {
            { IsSupported: false } => new(BootAction.Refuse, BootReason.NotSupported, exit),
            { Host.IsBlocked: true } => new(BootAction.Refuse, BootReason.HostBlocked, exit),
            { Wish: BootWish.Disk } => new(BootAction.LocalDisk, BootReason.ChosenDisk, exit),
            { Host: not null, Job: { } job } when OfJob(job, facts, exit) is { } decision => decision with { Once = facts.Once },
            { Host: not null, Wish: BootWish.None, Once: { } once } when OfOnce(once, facts, exit) is { } decision => decision with { Once = once },
            { HasBuild: false } => new(BootAction.LocalDisk, BootReason.NoBuild, exit),
            { Wish: BootWish.Tool } => OfTool(facts, exit),
            { Host: null, Unknown: UnknownHosts.Tool } => new(BootAction.AgentMenu, BootReason.UnknownHost, exit),
            { Host: null, Unknown: UnknownHosts.Menu } => MenuOf(facts, exit, BootReason.UnknownHost, waits: true),
            { Host: null } => new(BootAction.LocalDisk, BootReason.UnknownHost, exit),
            { Options.Menu: BootMenu.Never } => new(BootAction.LocalDisk, BootReason.NothingToDo, exit),
            _ => MenuOf(facts, exit, BootReason.NothingToDo, facts.Options.Menu == BootMenu.Always),
        };
    }

    /// <summary>For people and the log.</summary>
    public string Words => Once is not { } once ? Because
        : Reason == BootReason.SaidOnce ? $"once, {SaidBy(once)}"
        : $"{Because}; after that, once, {NameOf(once.To)}, {SaidBy(once)}";

    /// <summary>What an operator can say, in the middle of a sentence.</summary>
    public static string NameOf(BootTarget target) => target switch
    {
        BootTarget.Menu => "the menu",
        BootTarget.Disk => "its disk",
        BootTarget.Client => "the client",
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "no such target"),
    };

    private string Because => Reason switch
    {
        BootReason.NothingToDo => "there is no job for it",
        BootReason.JobApproved => "it has a job",
        BootReason.JobKeepsFailing => $"it was started {MaxStarts} times for its job and said nothing",
        BootReason.JobFrozen => "its job is frozen",
        BootReason.UnknownHost => "nobody has registered it",
        BootReason.ChosenDisk => "somebody chose its disk in the menu",
        BootReason.ChosenTool => "somebody chose the tool in the menu",
        BootReason.PasswordWrong => "the password of the menu was wrong",
        BootReason.HostBlocked => "an operator has blocked it",
        BootReason.NotSupported => "it has no 64-bit processor",
        BootReason.NoBuild => "the appliance has no client build for it",
        BootReason.SaidOnce => "an operator said it for once",
        _ => throw new ArgumentOutOfRangeException(nameof(Reason), Reason, "no such reason"),
    };

    private static BootDecision? OfJob(BootJob job, BootFacts facts, LocalExit exit) => job.State switch
    {
        JobState.Waiting or JobState.Running or JobState.NeedsDisk when job.Starts >= MaxStarts => new(BootAction.LocalDisk, BootReason.JobKeepsFailing, exit),
        JobState.Waiting or JobState.Running or JobState.NeedsDisk when !facts.HasBuild => new(BootAction.LocalDisk, BootReason.NoBuild, exit),
        JobState.Waiting or JobState.Running => new(BootAction.Agent, BootReason.JobApproved, exit, IsAuto: true, HasToken: job.IsWindowOpen),

        // Nobody has said which disk yet: the PC comes up and waits for that.
        JobState.NeedsDisk => new(BootAction.Agent, BootReason.JobApproved, exit, IsAuto: true),
        JobState.Frozen when facts.HasBuild => new(BootAction.AgentMenu, BootReason.JobFrozen, exit),
        _ => null,
    };

    // Without a build there is nothing but the disk, and what was said waits for one. Somebody at the menu goes before it: he got there by it.
    private static BootDecision? OfOnce(BootOnce once, BootFacts facts, LocalExit exit) => once switch
    {
        { Starts: >= MaxStarts } => null,
        { To: BootTarget.Disk } => new(BootAction.LocalDisk, BootReason.SaidOnce, exit),
        _ when !facts.HasBuild => null,
        { To: BootTarget.Client } => new(BootAction.AgentMenu, BootReason.SaidOnce, exit),
        { To: BootTarget.Menu } => MenuOf(facts, exit, BootReason.SaidOnce, waits: true),
        _ => null,
    };

    private static string SaidBy(BootOnce once) => string.Create(CultureInfo.InvariantCulture, $"said by {once.By} at {once.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    private static BootDecision OfTool(BootFacts facts, LocalExit exit) => facts.NeedsPassword && !facts.IsPasswordRight
        ? MenuOf(facts, exit, BootReason.PasswordWrong, waits: true)
        : new(BootAction.AgentMenu, BootReason.ChosenTool, exit);

    // iPXE sends what is typed; GRUB compares it by itself, or has nothing to compare it with and offers no tool.
    private static BootDecision MenuOf(BootFacts facts, LocalExit exit, BootReason reason, bool waits) => new(
        BootAction.Menu, reason, exit, OffersTool: !facts.NeedsPassword || facts.Loader == BootLoader.Ipxe || facts.HasVerifier, Waits: waits, AsksPassword: facts.NeedsPassword);
}
