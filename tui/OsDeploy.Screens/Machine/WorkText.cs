using OsDeploy.Api.Jobs;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>Names of what a job is and does. A phase without a name of its own is shown as the engine calls it.</summary>
internal static class WorkText
{
    public static string NameOf(JobKind kind) => kind switch
    {
        JobKind.Capture => Words.Machine.KindCapture,
        JobKind.Restore => Words.Machine.KindRestore,
        JobKind.ManualBackup => Words.Machine.KindManualBackup,
        JobKind.ManualRestore => Words.Machine.KindManualRestore,
        JobKind.Erase => Words.Machine.KindErase,
        JobKind.Reboot => Words.Machine.KindReboot,
        JobKind.Heal => Words.Machine.KindHeal,
        _ => Words.Machine.KindHold,
    };

    public static string PhaseOf(string phase) => phase switch
    {
        "starting" or "claim" => Words.Machine.PhaseClaim,
        "confirm" => Words.Machine.PhaseConfirm,
        "preflight" or "inspect" or "prepare" => Words.Machine.PhasePreflight,
        "compare" => Words.Machine.PhaseCompare,
        "gather" => Words.Machine.PhaseGather,
        "write" or "restore" => Words.Machine.PhaseWrite,
        "flush" => Words.Machine.PhaseFlush,
        "verify" => Words.Machine.PhaseVerify,
        "finish" => Words.Machine.PhaseFinish,
        "estimate" => Words.Machine.PhaseEstimate,
        "capture" or "capture again" => Words.Machine.PhaseCapture,
        "commit" => Words.Machine.PhaseCommit,
        "erase" => Words.Machine.PhaseErase,
        "wipe free space" => Words.Machine.PhaseWipe,
        "heal" => Words.Machine.PhaseHeal,
        _ => Printable.Of(phase, 40),
    };

    public static string BottleneckOf(string bottleneck) => bottleneck switch
    {
        "disk" => Words.Machine.LimitDisk,
        "cpu" => Words.Machine.LimitCpu,
        _ => Words.Machine.LimitWire,
    };
}
