using OsDeploy.Api.Boot;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Server.Boot;

/// <summary>What somebody chose in the menu.</summary>
internal enum BootWish
{
    None,
    Disk,
    Tool,
}

/// <summary>Everything a decision depends on.</summary>
/// <param name="IsSupported">It can run a 64-bit kernel.</param>
/// <param name="Host">Null: nobody has registered it.</param>
/// <param name="Job">The host's active job; null: none.</param>
/// <param name="Options">Of appliance, configuration and host, folded.</param>
/// <param name="HasBuild">There is a client build it can be started from.</param>
/// <param name="NeedsPassword">The tool is not started from the menu without one.</param>
/// <param name="IsPasswordRight">The one that came with the wish.</param>
/// <param name="HasVerifier">GRUB can compare a password with something.</param>
/// <param name="Once">What an operator said for this start; null: nothing.</param>
internal sealed record BootFacts(
    BootFirmware Firmware,
    BootLoader Loader,
    bool IsSupported,
    BootHost? Host,
    BootJob? Job,
    BootOptions Options,
    UnknownHosts Unknown,
    bool HasBuild,
    string? Vendor = null,
    string? Model = null,
    IReadOnlyList<ModelExit>? Models = null,
    BootWish Wish = BootWish.None,
    bool NeedsPassword = false,
    bool IsPasswordRight = false,
    bool HasVerifier = false,
    BootOnce? Once = null)
{
    /// <summary>As it was when the last start began: a loader that asks twice gets the same answer.</summary>
    public BootFacts BeforeLastStart() => Job is { Starts: > 0 } job ? this with { Job = job with { Starts = job.Starts - 1 } } : this;
}

/// <param name="Id">Of the host.</param>
internal sealed record BootHost(string Id, string Name, bool IsBlocked);

/// <param name="Starts">How often the PC was started for it since it was last heard of.</param>
/// <param name="IsWindowOpen">An operator's approval still holds.</param>
internal sealed record BootJob(string Id, JobState State, int Starts, bool IsWindowOpen);
