using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OsDeploy.Benchmarks.Machine;
using OsDeploy.Benchmarks.Measuring;
using OsDeploy.Benchmarks.Volumes;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>The devices and folders of one trial, and one run on them.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly Trial _trial;
    private readonly Volume? _volume;
    private readonly string _scratch;
    private readonly string _daemonFolder;
    private readonly Dictionary<string, string> _variables;
    private readonly Stack<IAsyncDisposable> _attached = [];
    private SlowDisk? _slowDisk;

    private Workbench(Trial trial, Volume? volume, Settings settings)
    {
        (_trial, _volume, _scratch, _daemonFolder) = (trial, volume, settings.ScratchFolder, settings.DaemonFolder);
        _variables = new Dictionary<string, string>
        {
            ["REPORT"] = ReportPath,
            ["OSDEPLOY"] = settings.Osdeploy,
            ["OSDEPLOYD"] = settings.Osdeployd,
            ["BENCH"] = Path.Combine(AppContext.BaseDirectory, "OsDeploy.Benchmarks"),
            ["DAEMON"] = settings.DaemonFolder,
            ["XDG_STATE_HOME"] = Path.Combine(_scratch, "state"),
        };
    }

    /// <summary>What is captured, or what a restore must leave on the target; null: no volume is needed.</summary>
    public DayImage? Wanted => _volume?.On(_trial.Target?.Becomes ?? Day.First);

    private string TargetFile => Path.Combine(_scratch, "target.img");

    private string ReportPath => Path.Combine(_scratch, "report.json");

    public static async Task<Workbench> SetUpAsync(Trial trial, Volume? volume, Settings settings, CancellationToken cancel)
    {
        var bench = new Workbench(trial, volume, settings);
        try
        {
            await bench.AttachAsync(cancel);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a capture that restores of this trial start from; not timed.</summary>
    public async Task TakeImageAsync(Contender capture, CancellationToken cancel)
    {
        Scratch.Empty(_variables["OUT"] = Path.Combine(_variables["IMAGES"], capture.Name));
        await PreparedAsync(capture, () => Shell().RunAsync(capture.Script, cancel), cancel);
    }

    /// <summary>One run of a contender with cold caches.</summary>
    /// <param name="mustCheck">Compare the target with the source afterwards.</param>
    /// <exception cref="UserErrorException">It failed, or wrote wrong bytes.</exception>
    public async Task<Measured> RunAsync(Contender contender, bool mustCheck, CancellationToken cancel)
    {
        Scratch.Empty(_variables["OUT"] = OutFolder);
        File.Delete(ReportPath);
        return await PreparedAsync(contender, () => RunPreparedAsync(contender, mustCheck, cancel), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        while (_attached.TryPop(out var item))
        {
            await item.DisposeAsync();
        }
    }

    private string StoreFolder => _slowDisk?.Folder ?? _scratch;

    private string OutFolder => Path.Combine(StoreFolder, "out");

    private TimedShell Shell() => new(_variables, Path.Combine(_scratch, "readings"));

    private async Task<Measured> PreparedAsync(Contender contender, Func<Task<Measured>> run, CancellationToken cancel)
    {
        _variables["PORT"] = FreePort();
        try
        {
            if (contender.Before is not null)
            {
                await Shell().RunAsync(contender.Before, cancel);
            }

            return await run();
        }
        finally
        {
            if (contender.After is not null)
            {
                // Also when the run was cancelled: nothing may stay behind in the background.
                await Shell().RunAsync(contender.After, CancellationToken.None);
            }
        }
    }

    private async Task<Measured> RunPreparedAsync(Contender contender, bool mustCheck, CancellationToken cancel)
    {
        if (_trial.Target is not { } target)
        {
            return await MeasureAsync(contender, cancel);
        }

        if (target.IsReset || !File.Exists(TargetFile))
        {
            await DiskImage.CopyAsync(_volume!.On(target.Holds).Disk, TargetFile, cancel);
        }

        var measured = await RestoreAsync(contender, cancel);
        if (mustCheck)
        {
            await CheckTargetAsync(contender, cancel);
        }

        return measured;
    }

    private async Task AttachAsync(CancellationToken cancel)
    {
        Scratch.Empty(_scratch);
        Scratch.Empty(_daemonFolder);
        if (_volume is not null)
        {
            await AttachAsync(_volume, cancel);
        }

        _variables["IMAGES"] = Path.Combine(StoreFolder, "images");
    }

    private async Task AttachAsync(Volume volume, CancellationToken cancel)
    {
        if (_trial.StoreOperationsPerSecond is not null)
        {
            _attached.Push(_slowDisk = await SlowDisk.MakeAsync(_scratch, volume.Recipe.RoomNeeded, cancel));
        }

        var first = await AttachedDisk.AttachAsync(volume.First.Disk, isReadOnly: true, cancel);
        _attached.Push(first);
        var later = await AttachedDisk.AttachAsync(volume.Later.Disk, isReadOnly: true, cancel);
        _attached.Push(later);
        (_variables["DISK"], _variables["PART"], _variables["LATER_DISK"]) = (first.Disk, first.Partition, later.Disk);
        _variables["RANGES"] = Wanted!.Ranges;
    }

    private async Task<Measured> RestoreAsync(Contender contender, CancellationToken cancel)
    {
        // Attached anew each time: two devices over one file each keep a page cache of their own.
        await using var target = await AttachedDisk.AttachAsync(TargetFile, isReadOnly: false, cancel);
        (_variables["TARGET_DISK"], _variables["TARGET_PART"]) = (target.Disk, target.Partition);
        var before = target.WrittenBytes();
        var measured = await MeasureAsync(contender, cancel);
        await new Command("sync").RunAsync(cancel);
        return measured with { WrittenBytes = target.WrittenBytes() - before };
    }

    private async Task<Measured> MeasureAsync(Contender contender, CancellationToken cancel)
    {
        var before = Scratch.SizeOf(OutFolder);
        if (!contender.IsWarm)
        {
            await PageCache.DropAsync(cancel);
        }

        using var limit = _slowDisk?.Slow(_trial.StoreOperationsPerSecond!.Value);
        var measured = await Shell().RunAsync(limit?.Enter + contender.Script, cancel);
        var report = ReportFile.Read(ReportPath);
        return measured with { StoredBytes = Scratch.SizeOf(OutFolder) - before, FetchedBytes = report.FetchedBytes, Room = report.Room, Screens = report.Screens, ServerSeconds = report.ServerSeconds, Stream = report.Stream, Streamed = report.Streamed };
    }

    private async Task CheckTargetAsync(Contender contender, CancellationToken cancel)
    {
        await using var target = await AttachedDisk.AttachAsync(TargetFile, isReadOnly: true, cancel);
        var used = await UsedBlocks.LoadAsync(Wanted!.Ranges, cancel);
        if (BareHash.Of(target.Partition, used, cancel) != Wanted.Digest)
        {
            throw Errors.WrongBytes(contender.Name, _trial.Name);
        }
    }

    /// <summary>Nobody has it now; whoever starts next may.</summary>
    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
