using OsDeploy.Api.Helper;
using OsDeploy.SetUp;

namespace OsDeploy.Screens.FirstStart;

/// <summary>Everything that a new appliance must be told, by a person or by a file.</summary>
internal sealed record FirstStartAnswers(DiskChoice Disk, string Operator, string Password, ApplianceSettings Appliance, FirstSettings Settings);

internal enum DiskUse
{
    /// <summary>All is kept in memory and lost when the appliance is switched off.</summary>
    None,

    /// <summary>The volume that is mounted already.</summary>
    Volume,

    /// <summary>A disk becomes the volume; what it holds is lost.</summary>
    Prepare,
}

/// <param name="Disk">The disk to prepare; else null.</param>
/// <param name="Typed">What was typed so that its content may be lost.</param>
internal sealed record DiskChoice(DiskUse Use, DataDisk? Disk = null, string? Typed = null);
