using System.Globalization;

namespace OsDeploy.Benchmarks.Machine;

/// <summary>A program that a script left running, known by its pid file.</summary>
internal static class BackgroundProgram
{
    public const string PidFile = "pid";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Asks it to end and waits until it is gone. A number that now belongs to another program is left alone: all that run here
    /// name the folder of their pid file on their command line.
    /// </summary>
    /// <exception cref="UserErrorException"><c>bench-still-running</c></exception>
    public static async Task EndAsync(string pidFile, CancellationToken cancel)
    {
        if (!File.Exists(pidFile))
        {
            return;
        }

        var pid = Read(pidFile);
        var folder = Path.GetDirectoryName(Path.GetFullPath(pidFile))!;
        if (IsRunning(pid, folder))
        {
            await new Command("kill", "-TERM", pid.ToString(CultureInfo.InvariantCulture)).Accepting(_ => true).RunAsync(cancel);
            await WaitAsync(pid, folder, cancel);
        }

        File.Delete(pidFile);
    }

    public static int Read(string pidFile) => int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture);

    /// <summary>The most memory it ever had resident, in bytes.</summary>
    /// <exception cref="UserErrorException"><c>bench-daemon-gone</c></exception>
    public static long PeakBytes(int pid)
    {
        try
        {
            // proc(5): "VmHWM:   123456 kB"
            var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            throw Errors.DaemonGone(pid, e);
        }
    }

    // It is no child of this process: nobody tells when it is gone, so it is looked at.
    private static async Task WaitAsync(int pid, string folder, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(s_look);
        var since = TimeProvider.System.GetTimestamp();
        while (IsRunning(pid, folder))
        {
            if (TimeProvider.System.GetElapsedTime(since) > s_patience)
            {
                throw Errors.StillRunning(pid, s_patience);
            }

            await timer.WaitForNextTickAsync(cancel);
        }
    }

    // Of a process that has ended and waits to be reaped nothing is left to read here.
    private static bool IsRunning(int pid, string folder)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Contains(folder, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
