using OsDeploy.Api.Jobs;

namespace OsDeploy.Api.Boot;

/// <summary>What a host can be told to start once.</summary>
public enum BootTarget
{
    /// <summary>The loader's menu.</summary>
    Menu,

    /// <summary>Its own disk.</summary>
    Disk,

    /// <summary>The machine screens.</summary>
    Client,
}

/// <summary>What an operator said for the next start of a host.</summary>
/// <param name="By">Who said it.</param>
/// <param name="Starts">How often the host was started for it without success.</param>
public sealed record BootOnce(BootTarget To, string By, DateTimeOffset At, int Starts = 0);

/// <param name="Host">Id of the host.</param>
/// <param name="Job">Id of a job of the host, which goes first; null: it has none.</param>
public sealed record BootNext(string Host, string Name, BootOnce Once, string? Job);

/// <param name="To">Null: what was said before is taken back.</param>
public sealed record BootNextChange(HostSelection Hosts, BootTarget? To);
