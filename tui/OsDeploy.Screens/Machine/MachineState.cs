using System.Globalization;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Agents;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Machine;

/// <summary>All that the screens of a computer know at one moment.</summary>
internal sealed record MachineState
{
    /// <summary>The server's last answer; null: none yet.</summary>
    public Orders? Orders { get; init; }

    /// <summary>Four words that the console shows beside this computer, while a person there is to compare them; null: nobody is.</summary>
    public string? PairingWords { get; init; }

    /// <summary>What this computer is to the server; null: not known yet.</summary>
    public MachineFacts? Facts { get; init; }

    /// <summary>Who has logged in here; null: nobody.</summary>
    public Operator? Operator { get; init; }

    /// <summary>How long the server has not answered; zero: it does.</summary>
    public TimeSpan Away { get; init; }

    /// <summary>Disks are about to be overwritten.</summary>
    public LastMoment? LastMoment { get; init; }

    /// <summary>When its job is tried again by itself, by this computer's own clock; null: it is not.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The computer is about to restart.</summary>
    public Countdown? Restart { get; init; }

    /// <summary>Somebody is here, whatever the boot parameters say: a restart was stopped.</summary>
    public bool IsManned { get; init; }

    /// <summary>A step is over, and somebody may want to look.</summary>
    public HeldStep? Held { get; init; }

    /// <summary>The job under way, or the last one until somebody has read its end.</summary>
    public WorkScreen? Work { get; init; }

    /// <summary>What was said lately, oldest first.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>What becomes of the job that has failed, by itself; null: nothing.</summary>
    public string? RetryText(TimeZoneInfo zone) => RetryAt is { } at && Orders?.Retry is { } retry
        ? Language.Fill(Words.Machine.TriesAgain, TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture), retry.Attempt, retry.Attempts)
        : null;

    public bool MayEdit => Operator is { } known && Roles.May(known.Role, Right.EditConfigurations);

    public bool May(Right right) => Operator is { } known && Roles.May(known.Role, right);
}

/// <summary>Which screen a computer shows.</summary>
internal enum MachineStage
{
    /// <summary>The server has not answered yet.</summary>
    Connecting,

    /// <summary>Somebody must log in.</summary>
    Login,

    /// <summary>Nobody knows this computer, and somebody who may register it is there.</summary>
    Register,

    Menu,

    /// <summary>Nobody is asked: it waits for a job.</summary>
    Waiting,

    /// <summary>A job, or how it ended.</summary>
    Work,
}
