using System.Runtime.InteropServices;

namespace OsDeploy.Agent;

/// <summary>
/// Restarts or switches off a computer that runs from memory, where no system has to be shut down before: reboot(2), and SysRq if a driver
/// hangs meanwhile (Documentation/admin-guide/sysrq.rst).
/// </summary>
internal static partial class KernelReboot
{
    private const int AutoBoot = 0x01234567;
    private const int PowerOff = 0x4321FEDC;
    private const string SysRq = "/proc/sysrq-trigger";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Systemd would have to be asked, and is not there.</summary>
    public static bool IsOurs => !Directory.Exists("/run/systemd/system") && File.Exists(SysRq);

    public static Task RestartAsync(CancellationToken cancel) => DoAsync(AutoBoot, "b", cancel);

    public static Task PowerOffAsync(CancellationToken cancel) => DoAsync(PowerOff, "o", cancel);

    private static async Task DoAsync(int command, string key, CancellationToken cancel)
    {
        new Thread(() =>
        {
            sync();
            _ = reboot(command);
        })
        { IsBackground = true }.Start();
        await Task.Delay(s_patience, cancel);
        await File.WriteAllTextAsync(SysRq, key, cancel);
    }

    [LibraryImport("libc")]
    private static partial void sync();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int reboot(int command);
}
