namespace OsDeploy.MachineTests;

/// <summary>
/// Tests of real disks need loop devices and mounts. <c>[Fact(SkipUnless = nameof(Root.IsRoot), SkipType = typeof(Root), Skip =
/// Root.Reason)]</c> would do for one test; a class says <c>Root.OrSkip()</c> in its constructor.
/// </summary>
public static class Root
{
    private const string Reason = "needs root (loop devices, mounts): run ./build.sh test as root";

    public static bool IsRoot { get; } = Environment.IsPrivilegedProcess;

    public static void OrSkip() => Assert.SkipUnless(IsRoot, Reason);
}
