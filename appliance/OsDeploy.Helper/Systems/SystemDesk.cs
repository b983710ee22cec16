using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Helper.Storage;
using OsDeploy.SystemImages;

namespace OsDeploy.Helper.Systems;

/// <summary>The verbs of the appliance's own system: what runs, installing it on a disk, updating it, going back.</summary>
/// <param name="running">What this program runs in.</param>
/// <param name="places">Where it looks; a test has others.</param>
/// <param name="run">Runs a program to its end.</param>
internal sealed class SystemDesk(DataDisks disks, DiskInstaller installer, RunningSystem running, SystemPlaces places, Func<Command, CancellationToken, Task> run, SystemWorker worker) : IAsyncDisposable
{
    // What is read of the disk for an answer, and what changes it.
    private readonly SemaphoreSlim _looking = new(1);
    private readonly Dictionary<string, SystemManifest?> _seen = [];

    public static bool Knows(HelperRequest request) =>
        request is SystemStateRequest or SystemInstallRequest or SystemUpdateRequest or SystemFallbackRequest or SystemKeepRequest;

    /// <summary>Only root: a daemon that somebody has taken over must not erase disks, nor call itself well.</summary>
    public static bool IsForRoot(HelperRequest request) => request is SystemInstallRequest or SystemKeepRequest;

    /// <summary>Nobody else writes disks meanwhile.</summary>
    /// <exception cref="UserErrorException"><c>system-busy</c></exception>
    public void RequireIdle() => worker.RequireIdle();

    public async Task<HelperAnswer> RunAsync(HelperRequest request, CancellationToken cancel)
    {
        await _looking.WaitAsync(cancel);
        try
        {
            return request switch
            {
                SystemStateRequest => HelperAnswer.Of(await StateAsync(cancel)),
                SystemInstallRequest install => await InstallAsync(install, cancel),
                SystemUpdateRequest update => await UpdateAsync(update.Source, cancel),
                SystemFallbackRequest => await FallBackAsync(cancel),
                SystemKeepRequest => await KeepAsync(cancel),
                _ => throw new ArgumentOutOfRangeException(nameof(request), request, "no such verb"),
            };
        }
        finally
        {
            _looking.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await worker.DisposeAsync();
        _looking.Dispose();
    }

    private async Task<SystemState> StateAsync(CancellationToken cancel)
    {
        if (running.Place == SystemPlace.Other)
        {
            return new SystemState(SystemPlace.Other, "", IsDevelopment: false, [], Work: worker.Work);
        }

        var now = Own().Manifest;
        var slots = new List<SystemSlot>();
        if (running.Slot is not null)
        {
            var disk = await DiskAsync(cancel);
            var environment = EfiOf(disk).ReadEnvironment();
            foreach (var name in new[] { SystemDisk.SlotA, SystemDisk.SlotB })
            {
                var manifest = name == running.Slot ? now : await OtherAsync(disk, environment, cancel);
                slots.Add(new SystemSlot(name, manifest?.Counter ?? 0, manifest?.IsDevelopment ?? false, environment.Slot == name, environment.Try == name, manifest?.Version));
            }
        }

        return new SystemState(running.Place, now.Version, now.IsDevelopment, slots, running.Slot, worker.Work);
    }

    private async Task<HelperAnswer> InstallAsync(SystemInstallRequest wanted, CancellationToken cancel)
    {
        worker.RequireIdle();
        if (running.Place != SystemPlace.Medium)
        {
            throw Errors.NotFromMedium();
        }

        var (system, key) = (Own(), places.PublicKey());
        var hasData = await installer.RequireAsync(wanted, cancel);
        var bytes = SizeOf(system, SystemFiles.Names) + (2 * SizeOf(system, SystemFiles.OfSlot));
        worker.Begin(bytes, (work, stop) => installer.InstallAsync(wanted, hasData, system, key, running.Words, work.At, work.Done, stop));
        return HelperAnswer.Done;
    }

    private async Task<HelperAnswer> UpdateAsync(SystemSource source, CancellationToken cancel)
    {
        worker.RequireIdle();
        var disk = await InstalledAsync(cancel);
        var key = places.PublicKey();
        var medium = source == SystemSource.Upload ? new SystemMedia(places.Upload).OpenUpload() : await SystemMedia.OpenPluggedInAsync(key, cancel);
        try
        {
            var system = SignedSystem.Open(medium, key);
            RequireNewer(system.Manifest);
            _seen.Clear();
#pragma warning disable CA2025 // It is closed at the end of the work, and below if that does not begin.
            worker.Begin(3 * SizeOf(system, SystemFiles.OfSlot), (work, stop) => UpdateAsync(disk, system, key, medium, work, stop));
#pragma warning restore CA2025
        }
        catch
        {
            medium.Dispose();
            throw;
        }

        return HelperAnswer.Done;
    }

    // What was kept of the system before is given up only for something that is whole.
    private async Task UpdateAsync(SystemDisk disk, SignedSystem system, string key, JolietMedium medium, SystemWorker work, CancellationToken cancel)
    {
        using var _ = medium;
        await system.VerifyAsync(SystemFiles.OfSlot, work.Done, cancel);
        var (efi, slot) = (EfiOf(disk), SystemDisk.OtherThan(running.Slot!));
        var environment = efi.ReadEnvironment();
        var calm = environment.With(GrubEnvironment.SlotName, running.Slot!).With(GrubEnvironment.TryName, "");
        efi.WriteEnvironment(calm);
        await Writer().WriteAsync(disk.Slot(slot), slot, environment[GrubEnvironment.IdName(slot)], system, key, work.At, work.Done, cancel);
        efi.WriteEnvironment(calm.With(GrubEnvironment.TryName, slot)); // commit point
    }

    private async Task<HelperAnswer> FallBackAsync(CancellationToken cancel)
    {
        worker.RequireIdle();
        var disk = await InstalledAsync(cancel);
        var efi = EfiOf(disk);
        var environment = efi.ReadEnvironment();
        if (await OtherAsync(disk, environment, cancel) is not { } other)
        {
            throw Errors.NothingToFallBackTo();
        }

        efi.WriteEnvironment(environment.With(GrubEnvironment.TryName, SystemDisk.OtherThan(running.Slot!)));
        return HelperAnswer.Told(other.Version);
    }

    /// <summary>What runs was found to work: from now on it is what is started, and nothing older is taken as an update.</summary>
    private async Task<HelperAnswer> KeepAsync(CancellationToken cancel)
    {
        if (running.Place == SystemPlace.Other)
        {
            return HelperAnswer.Done;
        }

        places.Highest.Remember(Own().Manifest.Counter);
        if (running.Slot is not null)
        {
            var efi = EfiOf(await DiskAsync(cancel));
            var environment = efi.ReadEnvironment();
            if (environment.Slot != running.Slot)
            {
                // An update that was written meanwhile stays to be tried.
                efi.WriteEnvironment(environment.With(GrubEnvironment.SlotName, running.Slot));
            }
        }

        return HelperAnswer.Done;
    }

    private void RequireNewer(SystemManifest manifest)
    {
        var least = Math.Max(Own().Manifest.Counter, places.Highest.Read());
        if (manifest.Counter < least)
        {
            throw SystemImageErrors.Older(manifest.Version, TimeOf(manifest.Counter), TimeOf(least));
        }
    }

    private async Task<SystemManifest?> OtherAsync(SystemDisk disk, GrubEnvironment environment, CancellationToken cancel)
    {
        var slot = SystemDisk.OtherThan(running.Slot!);
        if (!_seen.TryGetValue(slot, out var manifest))
        {
            if (worker.Work is { IsDone: false })
            {
                return null; // it is being written
            }

            manifest = await Writer().LookAsync(disk.Slot(slot), environment[GrubEnvironment.IdName(slot)], places.PublicKey(), cancel);
            _seen[slot] = manifest;
        }

        return manifest;
    }

    private SignedSystem Own() => SignedSystem.Open(new MountedMedium(places.Medium), places.PublicKey(), running.Folder);

    private async Task<SystemDisk> InstalledAsync(CancellationToken cancel) => running.Slot is not null ? await DiskAsync(cancel) : throw Errors.NotInstalled();

    // The disk whose partition is mounted as what this was started from, at its own number.
    private async Task<SystemDisk> DiskAsync(CancellationToken cancel) =>
        (await disks.DevicesAsync(cancel)).FirstOrDefault(disk => disk.Partitions.Any(part =>
            part.MountPoints.Contains(places.Medium) && part.Path == disk.PartitionPath(SystemDisk.NumberOf(running.Slot!)))) is { } found
            ? new SystemDisk(found.Path)
            : throw Errors.NotInstalled();

    private EfiVolume EfiOf(SystemDisk disk) => new(disk.Efi, places.Work, run);

    private SlotWriter Writer() => new(Path.Combine(places.Work, "slot"), run);

    private static long SizeOf(SignedSystem system, IReadOnlyList<string> names) => system.Manifest.Files.Where(file => names.Contains(file.Name)).Sum(file => file.Size);

    private static DateTimeOffset TimeOf(long counter) => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(counter, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
}

/// <param name="Medium">Where what runs is mounted.</param>
/// <param name="KeyFile">Whose signatures are believed.</param>
/// <param name="Work">Folder of root's own.</param>
/// <param name="Upload">File that the daemon has written.</param>
internal sealed record SystemPlaces(string Medium, string KeyFile, string Work, string Upload, HighestCounter Highest)
{
    /// <param name="data">Where the appliance's volume is mounted.</param>
    public static SystemPlaces OfThis(string data) => new(SystemFiles.RunningMedium, SystemFiles.KeyPath, "/run/osdeploy-system", Path.Combine(data, SystemUploads.FilePath), new HighestCounter(data));

    /// <exception cref="UserErrorException"><c>system-image-no-key</c></exception>
    public string PublicKey()
    {
        try
        {
            return File.ReadAllText(KeyFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SystemImageErrors.KeyMissing(KeyFile, e);
        }
    }
}
