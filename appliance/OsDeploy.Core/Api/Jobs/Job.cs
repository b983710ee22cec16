using OsDeploy.Api.Configurations;
using OsDeploy.Images;
using OsDeploy.Personalisation;

namespace OsDeploy.Api.Jobs;

public enum JobKind
{
    Capture,
    Restore,
    ManualBackup,
    ManualRestore,
    Erase,
    Reboot,

    /// <summary>Stay in the tool: the agent waits for what comes next.</summary>
    Hold,

    /// <summary>Give the store chunks it has lost, from a disk that still holds them. Only reads the disk.</summary>
    Heal,
}

public enum JobState
{
    /// <summary>Its time has not come.</summary>
    Scheduled,

    /// <summary>An operator must say which disk.</summary>
    NeedsDisk,

    /// <summary>The approval window is open; the host has not taken it.</summary>
    Waiting,

    /// <summary>The host has it.</summary>
    Running,

    /// <summary>A second computer claimed it: nothing goes on until an operator retries or cancels.</summary>
    Frozen,

    Ended,
}

public enum JobOutcome
{
    /// <summary>Done, and proved where there is something to prove.</summary>
    Verified,

    Failed,

    /// <summary>Never begun.</summary>
    Skipped,
}

/// <summary>What is asked of every host of a batch.</summary>
/// <param name="Partitions">Restore: only these, into the table the disk has. Manual kinds: exactly one.</param>
/// <param name="ManualName">Manual kinds: name of the manual image.</param>
/// <param name="Version">Restore: the beginning of a version id; null: the current one.</param>
/// <param name="WithTable">Manual backup: keep the table and boot code too. Manual restore: put them back; everything else on the disk is lost.</param>
/// <param name="MostBytesPerSecond">What one host may take by HTTPS; 0: what the network gives.</param>
/// <param name="Gather">Restore of several hosts: when the stream to all of them begins; null: as usual.</param>
/// <param name="AllowUnprepared">Capture: a Windows that was not generalised or holds passwords is taken as it is.</param>
/// <param name="NoJoin">Restore: the host gets its name, and keeps out of domain and workgroup this time.</param>
public sealed record JobOptions(
    IReadOnlyList<int>? Partitions = null,
    bool TableOnly = false,
    bool Full = false,
    bool WipeFree = false,
    bool VerifyAll = false,
    bool AllowRemovable = false,
    bool AllowOtherFirmware = false,
    bool AllowBadSectors = false,
    bool AllowRaw = false,
    bool WithTable = false,
    string? ManualName = null,
    string? Version = null,
    bool NoJoin = false,
    bool AllowUnprepared = false,
    TransferWish Transfer = TransferWish.Auto,
    long MostBytesPerSecond = 0,
    Gathering? Gather = null);

/// <summary>How chunks come to the hosts of a batch.</summary>
public enum TransferWish
{
    /// <summary>By one stream to all of them where that pays.</summary>
    Auto,

    /// <summary>To each by HTTPS.</summary>
    Unicast,
}

/// <summary>When a carousel begins.</summary>
/// <param name="Hosts">As soon as so many are there; null: all of the batch.</param>
/// <param name="Seconds">After the first host was there, at the latest; 0: at once.</param>
/// <param name="OrAbort">With fewer hosts by then: nobody begins, and the jobs end as failed.</param>
public sealed record Gathering(int? Hosts = null, int Seconds = Gathering.UsualSeconds, bool OrAbort = false)
{
    public const int UsualSeconds = 60;

    public const int MostSeconds = 3600;
}

/// <summary>Which disk of the host an image disk goes to or comes from. Never a kernel name.</summary>
/// <param name="Disk">1 is the first disk of the image.</param>
/// <param name="Size">Bytes, as the inventory said.</param>
public sealed record DiskBinding(int Disk, string? Serial, string? Wwn, string? Model, long Size);

/// <summary>Why a job ended as it did.</summary>
/// <param name="Step">What it was at: <c>claim</c>, <c>preflight</c>, <c>write</c>, ...</param>
public sealed record JobFault(string Step, string Code, string Message, string Hint)
{
    /// <summary>The same for somebody who asked and is refused.</summary>
    public UserErrorException ToError() => new(Code, Message, Hint);
}

/// <summary>What was moved, in bytes.</summary>
public sealed record JobFigures(long Used, long Equal, long Fetched, long Written, long Verified, double Seconds);

/// <summary>Asked-for work for one host.</summary>
public sealed record Job
{
    /// <summary>A number, 7 digits.</summary>
    public required string Id { get; init; }

    public required string Batch { get; init; }

    public required JobKind Kind { get; init; }

    /// <summary>Id of the host.</summary>
    public required string Host { get; init; }

    /// <summary>Its name when the job was started.</summary>
    public required string HostName { get; init; }

    public string? Configuration { get; init; }

    /// <summary>Id of that configuration: its name may change.</summary>
    public string? ConfigurationId { get; init; }

    /// <summary>What becomes of each partition, as the operator saw it when the job was started. Without secrets.</summary>
    public IReadOnlyList<PartitionPlan> Partitions { get; init; } = [];

    /// <summary>With a restore: what makes the host itself, as it was when the job was started; null: nothing does.</summary>
    public Personality? Personality { get; init; }

    /// <summary>Image or manual image; null for kinds without.</summary>
    public ImageName? Image { get; init; }

    /// <summary>Pinned when the job is started: what the operator saw is what is restored.</summary>
    public VersionId? Version { get; init; }

    public RemoteStoreReference? Store { get; init; }

    public required JobOptions Options { get; init; }

    public IReadOnlyList<DiskBinding> Disks { get; init; } = [];

    public required JobState State { get; init; }

    public JobOutcome? Outcome { get; init; }

    public JobFault? Fault { get; init; }

    /// <summary>What it is at, as last reported.</summary>
    public string Phase { get; init; } = "";

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public JobFigures? Figures { get; init; }

    /// <summary>The version a capture made.</summary>
    public VersionId? Made { get; init; }

    /// <summary>Grows with every claim; a report with an older one is refused.</summary>
    public long Fence { get; init; }

    /// <summary>Agent that has it; null: nobody.</summary>
    public string? Agent { get; init; }

    public bool IsCancelling { get; init; }

    /// <summary>How often it was tried again by itself since a person wanted it.</summary>
    public int Retries { get; init; }

    /// <summary>How often that may be, by the setting of the time when it failed last.</summary>
    public int MostRetries { get; init; }

    /// <summary>Why the try before this one failed; null: this is the first.</summary>
    public JobFault? LastFault { get; init; }

    /// <summary>How often in a row its host has failed at the same step for the same reason; 0: it has not failed.</summary>
    public int Alike { get; init; }

    /// <summary>Seconds of the approval window that are left, counted by the server's own clock while it runs.</summary>
    public double WindowLeft { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>A store on another appliance, without its token.</summary>
public sealed record RemoteStoreReference(string Url, string Pin);

/// <param name="Total">Bytes; 0: not known.</param>
/// <param name="Bottleneck"><c>disk</c>, <c>cpu</c> or <c>wire</c>.</param>
public sealed record JobProgressView(string Phase, long Done, long Total, double BytesPerSecond, string Bottleneck);

/// <param name="Progress">While it runs and is heard.</param>
/// <param name="Awaits">Text for the operator when it waits for a person: which disk, which computer.</param>
/// <param name="Unpaired">Computers that say they are its host and wait to be compared; null: none does.</param>
public sealed record JobView(Job Job, JobProgressView? Progress, DateTimeOffset? HeardAt, string? Awaits, IReadOnlyList<UnpairedStart>? Unpaired = null);

/// <summary>A start of a computer that waits until an operator has compared its words.</summary>
/// <param name="Words">Four, that stand on its screen too (<see cref="Agents.PairingWords"/>).</param>
public sealed record UnpairedStart(string Words, string Address, DateTimeOffset Since);

/// <param name="Words">As they stand on the screen of the computer that is meant.</param>
public sealed record Pairing(string Words);

/// <param name="Job">Id of a running job.</param>
public sealed record JobPulse(string Job, JobProgressView? Progress, DateTimeOffset? HeardAt);

/// <summary>Which hosts: any of these. Patterns know <c>*</c> and <c>?</c>.</summary>
public sealed record HostSelection(IReadOnlyList<string>? Names = null, IReadOnlyList<string>? Rooms = null, IReadOnlyList<string>? Configurations = null);

/// <param name="Request">Drawn by whoever asks (32 hexadecimal digits): asking twice starts once.</param>
/// <param name="At">Not before; null: now.</param>
/// <param name="Wake">Send Wake-on-LAN packets, and list who was not seen in 5 minutes.</param>
/// <param name="Preview">Only say what would happen, host by host.</param>
/// <param name="Seen">What a preview answered: nothing starts if it would do anything else by now. Null: nobody has looked.</param>
/// <param name="Disks">For one host only: which of its disks are meant, in the order of the image; null: what can be told without asking.</param>
/// <param name="Confirm">How many hosts the operator believes to start: more than one host loses its disks only if this number is right.</param>
public sealed record BatchRequest(
    string Request, JobKind Kind, HostSelection Hosts, JobOptions Options, DateTimeOffset? At = null, bool Wake = false, bool Preview = false, int? Confirm = null, string? Seen = null, IReadOnlyList<DiskBinding>? Disks = null);

/// <summary>What starting would do for one host.</summary>
/// <param name="Obstacle">Why it cannot: it is skipped. Null: it can.</param>
/// <param name="Note">What the operator should know although it can: a disk choice is needed, not seen lately.</param>
/// <param name="Becomes">What a restore makes of it, in one line; null: what the image is.</param>
public sealed record HostOutlook(string Host, string Name, IReadOnlyList<DiskBinding> Disks, JobFault? Obstacle, string? Note, string? Becomes = null);

/// <param name="Batch">Its number; null for a preview.</param>
/// <param name="Seen">Stands for the hosts that can start, with version and disks of each.</param>
public sealed record BatchAnswer(string? Batch, IReadOnlyList<HostOutlook> Hosts, string Seen = "");

/// <summary>Jobs started together.</summary>
public sealed record Batch
{
    /// <summary>A number, 7 digits.</summary>
    public required string Id { get; init; }

    /// <summary>What the operator's program drew: asking twice starts once.</summary>
    public required string Request { get; init; }

    public required JobKind Kind { get; init; }

    public required JobOptions Options { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? At { get; init; }

    public bool Wake { get; init; }

    public required IReadOnlyList<string> Jobs { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Programs of the school that ran before and after it.</summary>
    public IReadOnlyList<HookRun> Hooks { get; init; } = [];
}

/// <param name="Hook"><c>check</c>, <c>before-batch</c>, <c>after-capture</c>, ...</param>
/// <param name="ExitCode">0: it went well; -1: it could not be run, and the output says why.</param>
/// <param name="Output">The last 4000 characters.</param>
public sealed record HookRun(string Hook, DateTimeOffset At, int ExitCode, string Output);

/// <param name="BytesPerSecond">Of all its hosts together, from the first start to the last end or now.</param>
/// <param name="NotSeen">Names of hosts that were to be woken and were not seen in 5 minutes.</param>
public sealed record BatchView(Batch Batch, int Verified, int Failed, int Skipped, int Running, int Waiting, double BytesPerSecond, IReadOnlyList<string> NotSeen);

/// <param name="Disks">One per disk of the image, by serial or WWN from the host's inventory.</param>
public sealed record DiskChoice(IReadOnlyList<DiskBinding> Disks);

/// <param name="Number">Grows by one; ask for what comes after the last one seen.</param>
public sealed record JobLogLine(long Number, DateTimeOffset At, string Text);
