using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Personalisation;

namespace OsDeploy.Api.Agents;

/// <summary>An agent says what computer it runs on.</summary>
/// <param name="Nonce">Drawn by the agent for this start (32 hexadecimal digits): the same hello twice is one agent.</param>
/// <param name="Claim">Single-use token of the job this computer had before it was restarted; null: none.</param>
/// <param name="IsLab">A computer of a test; taken from loopback and from servers that allow it only.</param>
/// <param name="Boot">Id of the server's record of the boot that led here; null: it was not started by the network.</param>
public sealed record Hello(
    string Nonce, HardwareIdentity Identity, Inventory Inventory, string Program, string? Claim = null, bool IsLab = false, string? Boot = null);

/// <param name="Agent">Id of this agent.</param>
/// <param name="Token">Its credential, sent as <c>Authorization: Bearer</c>; it proves nothing but that the same program speaks.</param>
/// <param name="Now">The server's clock.</param>
public sealed record HelloAnswer(string Agent, string Token, DateTimeOffset Now);

/// <param name="Doing">Id of the job it is at; null: none.</param>
public sealed record Poll(string? Doing);

public enum AgentState
{
    /// <summary>Nobody knows this computer: an operator must register it.</summary>
    Pending,

    /// <summary>Registered; nothing to do.</summary>
    Idle,

    /// <summary>There is a job.</summary>
    Job,

    /// <summary>An operator has blocked this host.</summary>
    Blocked,
}

/// <param name="Name">Of the host; null while pending.</param>
/// <param name="Awaits">What it waits for, for the screen.</param>
/// <param name="PollAfter">Seconds until the next poll.</param>
/// <param name="ShowsWords">Somebody is about to compare the words of this start (<see cref="PairingWords"/>).</param>
/// <param name="Retry">Its job has failed, and is tried again by itself; null: none is.</param>
public sealed record Orders(AgentState State, string? Name, string? Configuration, JobOrder? Job, string? Awaits, double PollAfter, bool ShowsWords = false, ComingRetry? Retry = null);

/// <summary>A try that begins by itself.</summary>
/// <param name="Attempt">Its number; the first try was 1.</param>
/// <param name="Attempts">How many there may be.</param>
/// <param name="Seconds">Until then.</param>
public sealed record ComingRetry(string Job, int Attempt, int Attempts, double Seconds);

/// <summary>A job as the agent gets it.</summary>
/// <param name="Claim">For the next start of this computer, if it is cut short: taken once.</param>
/// <param name="Store">Null: the store of the server that gave the job.</param>
/// <param name="Personality">With a restore: what makes the host itself; null: its partitions stay as the image has them.</param>
public sealed record JobOrder(
    string Id,
    long Fence,
    JobKind Kind,
    JobOptions Options,
    ImageName? Image,
    VersionId? Version,
    IReadOnlyList<DiskBinding> Disks,
    IReadOnlyList<PartitionPlan> Partitions,
    RemoteStore? Store,
    string Claim,
    bool IsCancelling,
    Personality? Personality = null);

/// <param name="Fence">As in the order; an older one is refused (<c>lease-lost</c>).</param>
/// <param name="Log">New lines since the report before.</param>
/// <param name="FirstLine">Number of the first of them: lines the server has already are dropped.</param>
/// <param name="End">Null: it goes on.</param>
public sealed record JobReport(
    long Fence, JobProgressView Progress, IReadOnlyList<string> Warnings, long FirstLine, IReadOnlyList<string> Log, JobEnd? End = null);

/// <param name="Fault">With <see cref="JobOutcome.Failed"/>.</param>
public sealed record JobEnd(JobOutcome Outcome, JobFault? Fault, JobFigures? Figures, VersionId? Made);

/// <param name="IsCancelling">The operator wants it to stop at the next safe point.</param>
public sealed record ReportAnswer(bool IsCancelling);

/// <summary>An agent asks for what its host needs to know in its restore.</summary>
/// <param name="Fence">As in the order.</param>
/// <param name="Nonce">Drawn by the agent for this job (32 hexadecimal digits): the same again gets the same answer, another one none.</param>
public sealed record SecretsRequest(long Fence, string Nonce);
