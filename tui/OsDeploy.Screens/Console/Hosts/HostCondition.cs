using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>How a host stands, the most pressing first.</summary>
internal enum HostCondition
{
    /// <summary>Two computers claim its job.</summary>
    Frozen,

    /// <summary>Its last job failed.</summary>
    Failed,

    NeedsDisk,
    Working,
    Waiting,
    Scheduled,
    Blocked,

    /// <summary>Heard in the last minutes, nothing to do.</summary>
    Ready,

    /// <summary>Its last job was done and proved; not heard now.</summary>
    Verified,

    Off,
}

/// <summary>How conditions are told apart, and shown: a sign for who sees no colours, then a word.</summary>
internal static class HostConditions
{
    /// <summary>An agent without a job asks every few seconds.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(2);

    public static HostCondition Of(Host host, JobView? latest, DateTimeOffset? lastSeen, DateTimeOffset now) => latest?.Job switch
    {
        { State: JobState.Frozen } => HostCondition.Frozen,
        { State: JobState.NeedsDisk } => HostCondition.NeedsDisk,
        { State: JobState.Running } => HostCondition.Working,
        { State: JobState.Waiting } => HostCondition.Waiting,
        { State: JobState.Scheduled } => HostCondition.Scheduled,
        _ when host.IsBlocked => HostCondition.Blocked,
        { Outcome: JobOutcome.Failed } => HostCondition.Failed,
        _ when now - lastSeen < Lately => HostCondition.Ready,
        { Outcome: JobOutcome.Verified } => HostCondition.Verified,
        _ => HostCondition.Off,
    };

    public static char SignOf(HostCondition condition) => condition switch
    {
        HostCondition.Frozen or HostCondition.Failed => '!',
        HostCondition.NeedsDisk => '?',
        HostCondition.Working => '>',
        HostCondition.Waiting or HostCondition.Scheduled => '.',
        HostCondition.Blocked => 'x',
        HostCondition.Ready => 'o',
        HostCondition.Verified => '+',
        _ => '-',
    };

    public static string WordOf(HostCondition condition) => condition switch
    {
        HostCondition.Frozen => Words.Hosts.Frozen,
        HostCondition.Failed => Words.Hosts.Failed,
        HostCondition.NeedsDisk => Words.Hosts.NeedsDisk,
        HostCondition.Working => Words.Hosts.Working,
        HostCondition.Waiting => Words.Hosts.Waiting,
        HostCondition.Scheduled => Words.Hosts.Scheduled,
        HostCondition.Blocked => Words.Hosts.Blocked,
        HostCondition.Ready => Words.Hosts.Ready,
        HostCondition.Verified => Words.Hosts.Verified,
        _ => Words.Hosts.Off,
    };
}
