using System.Globalization;
using System.Text;
using Mono.Unix.Native;
using OsDeploy.Api.Helper;
using OsDeploy.Storage;
using OsDeploy.Text;

namespace OsDeploy.Helper;

/// <summary>Keeps dnsmasq running with the last configuration that was taken. It gives up its rights by itself, after it has its ports.</summary>
/// <param name="log">Takes one line, from any thread.</param>
internal sealed class Dnsmasq(DnsmasqPaths paths, TimeProvider time, Action<string> log) : IAsyncDisposable
{
    private const long MaxLog = 16 << 20;
    private const string Program = "dnsmasq";

    private static readonly TimeSpan s_testDeadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_firstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _changing = new(1);
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;
    private volatile string _state = "off";

    /// <summary><c>off</c>, <c>up</c>, or <c>down</c> and why.</summary>
    public string State
    {
        get
        {
            ShortenLog();
            return _state;
        }
    }

    /// <summary>Checks a configuration, and runs with it. What ran before is ended only once the new one was found good.</summary>
    /// <exception cref="UserErrorException"><c>dnsmasq-refused</c>, <c>dnsmasq-incomplete</c>, <c>dnsmasq-failed</c>, <c>tool-failed</c>, <c>tool-missing</c></exception>
    public async Task ApplyAsync(string configuration, CancellationToken cancel)
    {
        ConfigurationCheck.Require(configuration, paths);
        await _changing.WaitAsync(cancel);
        try
        {
            MakeFolder();
            var candidate = paths.Configuration + ".new";
            DurableFile.Write(candidate, Encoding.ASCII.GetBytes(configuration), overwrite: true);
            await new Command("dnsmasq", "--test", "--conf-file=" + candidate).WithDeadline(s_testDeadline).RunAsync(cancel);
            await EndAsync();
            DurableFile.Publish(candidate, paths.Configuration);
            _stop = new CancellationTokenSource();
            _running = KeepAsync(_stop.Token);
            await Task.WhenAny(_running, Task.Delay(s_firstLook, time, cancel));
            if (_state is not "up")
            {
                throw Errors.DnsmasqFailed(_state);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Has it read its hosts again. One that is just being started reads them by itself.</summary>
    public async Task ReloadAsync(CancellationToken cancel)
    {
        await _changing.WaitAsync(cancel);
        try
        {
            if (_state == "up" && File.Exists(paths.Pid) && int.TryParse((await File.ReadAllTextAsync(paths.Pid, cancel)).Trim(), CultureInfo.InvariantCulture, out var id))
            {
                _ = Syscall.kill(id, Signum.SIGHUP);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        await _changing.WaitAsync(cancel);
        try
        {
            await EndAsync();
        }
        finally
        {
            _changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _changing.Dispose();
    }

    private async Task EndAsync()
    {
        if (_stop is null)
        {
            return;
        }

        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        (_stop, _state) = (null, "off");
    }

    // Ends only by cancellation: whatever dnsmasq dies of, it is started again.
    private async Task KeepAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                _state = "up";
                _state = "down " + Printable.Of(await RunAsync(stop));
                log($"dnsmasq ended: {_state}");
                await Task.Delay(s_pause, time, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
    }

    /// <returns>What it said last.</returns>
    private async Task<string> RunAsync(CancellationToken stop)
    {
        try
        {
            File.Delete(paths.Pid); // of the run before: that number may be another program's by now
            var ended = await new Command(Program, "--keep-in-foreground", "--conf-file=" + paths.Configuration)
                .WithDeadline(Timeout.InfiniteTimeSpan).Accepting(_ => true).RunAsync(stop);
            return ended.ErrorOutput.Trim().Split('\n')[^1];
        }
        catch (UserErrorException e)
        {
            return e.Message;
        }
    }

    // The log is dnsmasq's to write and everybody's to read; it would make one that nobody reads.
    private void MakeFolder()
    {
        Directory.CreateDirectory(paths.Private);
        if (!File.Exists(paths.Log))
        {
            File.WriteAllBytes(paths.Log, []);
        }

        File.SetUnixFileMode(paths.Log, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        if (Syscall.getpwnam(DnsmasqPaths.User) is { } user)
        {
            _ = Syscall.lchown(paths.Log, user.pw_uid, user.pw_gid);
        }

        ShortenLog();
    }

    // It writes at the end of the file, wherever that is.
    private void ShortenLog()
    {
        if (new FileInfo(paths.Log) is { Exists: true, Length: > MaxLog })
        {
            using var file = File.OpenWrite(paths.Log);
            file.SetLength(0);
        }
    }
}
