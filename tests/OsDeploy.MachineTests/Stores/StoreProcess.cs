using System.Diagnostics;
using System.Globalization;

namespace OsDeploy.MachineTests.Stores;

/// <summary>Runs a <see cref="StoreWorker"/> in a process of its own.</summary>
internal static class StoreProcess
{
    private static readonly string s_program = Environment.ProcessPath!;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

    /// <summary>Lets it work and kills it.</summary>
    public static Task RunAndKillAsync(string store, string log, int seed, TimeSpan after, CancellationToken cancel) =>
        KillAsync(log, after, cancel, StoreWorker.Verb, store, log, seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>Runs this program with other words and kills it.</summary>
    /// <param name="after">It has written its id: how long a program takes to start is the computer's business, and nothing is kept before.</param>
    public static async Task KillAsync(string log, TimeSpan after, CancellationToken cancel, params string[] words)
    {
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var before = Length(log);
        var run = new Command(s_program, words).RunAsync(kill.Token);
        using var timer = new PeriodicTimer(s_look);
        while (Length(log) == before && !run.IsCompleted)
        {
            await timer.WaitForNextTickAsync(cancel);
        }

        kill.CancelAfter(after);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        cancel.ThrowIfCancellationRequested();
        if (StoreLog.Read(log).ProcessId is { } id)
        {
            await IsGoneAsync(id, cancel);
        }
    }

    /// <summary>
    /// Runs one round under strace, which does something to the n-th system call of a kind (strace(1), "--inject").
    /// </summary>
    /// <param name="fault">Such as <c>rename:signal=KILL</c>.</param>
    /// <returns>True if the round ran to its end, for it has fewer such calls.</returns>
    public static async Task<bool> RunWithFaultAsync(string store, string log, string fault, int n, CancellationToken cancel)
    {
        // One worker thread: strace counts the calls of each thread on its own. Without --seccomp-bpf, which loses signals.
        var result = await new Command(
            "strace", "-f", "-o", "/dev/null", "-E", "DOTNET_ThreadPool_ForceMinWorkerThreads=1", "-E", "DOTNET_ThreadPool_ForceMaxWorkerThreads=1",
            "-e", "trace=" + fault.Split(':')[0], "-e", string.Create(CultureInfo.InvariantCulture, $"inject={fault}:when={n}"),
            s_program, StoreWorker.Verb, store, log, StoreWorker.OneRound).Accepting(_ => true).RunAsync(cancel);
        return result.ExitCode == 0;
    }

    private static long Length(string log) => new FileInfo(log) is { Exists: true, Length: var length } ? length : 0;

    // Its locks end with it, a moment after the signal.
    private static async Task IsGoneAsync(int id, CancellationToken cancel)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync(cancel);
        }
        catch (ArgumentException)
        {
            // It was gone already.
        }
    }
}
