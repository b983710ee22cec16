using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Helper.Systems;
using OsDeploy.MachineTests.Helper;
using OsDeploy.SystemImages;
using OsDeploy.Tests.SystemImages;

namespace OsDeploy.MachineTests.Systems;

/// <summary>A disk, a small signed system, and what installs and updates it, with the real programs. All of it is gone after Dispose.</summary>
internal sealed class SystemLab : IAsyncDisposable
{
    public const long Size = 5L << 30;
    public const uint Owner = 65534;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-system-");
    private readonly List<SystemDesk> _desks = [];
    private bool _isMounted;

    private SystemLab(BareDisk disk) => Disk = disk;

    public BareDisk Disk { get; }

    public string Work => Path.Combine(_folder.FullName, "work");

    public string Medium => Path.Combine(_folder.FullName, "medium");

    public string Data => Path.Combine(_folder.FullName, "data");

    public string KeyFile => Path.Combine(_folder.FullName, "key.pem");

    public SystemDisk Parts => new(Disk.Path);

    /// <summary>Called before each program; what it throws is what happens instead.</summary>
    public Func<Command, Task> Before { get; set; } = _ => Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<SystemLab> CreateAsync(long size = Size)
    {
        Root.OrSkip();
        Assert.SkipWhen(Command.WhyMissing("lsblk", "blkid", "sfdisk", "wipefs", "mkfs.ext4", "e2label", "partx", "blockdev", "mformat", "mcopy", "mren") is not null, "needs util-linux, e2fsprogs and mtools");
        var lab = new SystemLab(await BareDisk.CreateAsync(size));
        foreach (var folder in new[] { lab.Work, lab.Medium, lab.Data })
        {
            Directory.CreateDirectory(folder);
        }

        await File.WriteAllTextAsync(lab.KeyFile, SampleSystem.PublicKey, Cancel);
        SampleSystem.Write(lab.Medium, SampleSystem.Folder(SampleSystem.Files()));
        return lab;
    }

    public async Task<DataDisk> LookAsync() => Assert.Single(await BareDisk.Only(Disk).ListAsync(Cancel));

    public async Task InstallAsync(string? typed = null, params BareDisk[] others)
    {
        var disks = BareDisk.Only([Disk, .. others]);
        var seen = (await disks.ListAsync(Cancel)).Single(disk => disk.Path == Disk.Path);
        var request = new SystemInstallRequest(seen.Path, seen.Serial, seen.Size, typed);
        var installer = new DiskInstaller(disks, Owner, Owner, Work, RunAsync);
        var hasData = await installer.RequireAsync(request, Cancel);
        await installer.InstallAsync(request, hasData, SignedSystem.Open(new MountedMedium(Medium), SampleSystem.PublicKey), SampleSystem.PublicKey, RunningSystem.Of("osdeploy.language=de").Words, _ => { }, _ => { }, Cancel);
    }

    /// <summary>What the helper has on an appliance that runs from a place of the disk, which is mounted as such.</summary>
    public async Task<SystemDesk> StartedFromAsync(string slot)
    {
        var id = Environment()[GrubEnvironment.IdName(slot)];
        await BareDisk.RunAsync("mount", "-o", "ro", Parts.Slot(slot), Medium);
        _isMounted = true;
        var disks = BareDisk.Only(Disk);
        var places = new SystemPlaces(Medium, KeyFile, Work, Upload, new HighestCounter(Data));
        var running = RunningSystem.Of($"boot=live live-media-path=osdeploy/{id} osdeploy.slot={slot}");
        var desk = new SystemDesk(disks, new DiskInstaller(disks, Owner, Owner, Work, RunAsync), running, places, RunAsync, new SystemWorker(_ => { }));
        _desks.Add(desk);
        return desk;
    }

    /// <summary>It is switched off.</summary>
    public async Task UnmountAsync()
    {
        if (_isMounted)
        {
            await new Command("umount", Medium).RunAsync(CancellationToken.None);
            _isMounted = false;
        }
    }

    /// <summary>As the daemon does it.</summary>
    public void Send(byte[] image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Upload)!);
        File.WriteAllBytes(Upload, image);
    }

    /// <summary>Updates, and returns how that ended.</summary>
    public static async Task<SystemWork> UpdateAsync(SystemDesk desk)
    {
        await desk.RunAsync(new SystemUpdateRequest(SystemSource.Upload), Cancel);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (await StateAsync(desk) is { Work: { IsDone: true } work })
            {
                return work;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }

    public static async Task<SystemState> StateAsync(SystemDesk desk) => (await desk.RunAsync(new SystemStateRequest(), Cancel)).System!;

    public GrubEnvironment Environment() => new EfiVolume(Parts.Efi, Work, RunAsync).ReadEnvironment();

    public void Change(GrubEnvironment environment) => new EfiVolume(Parts.Efi, Work, RunAsync).WriteEnvironment(environment);

    public string Upload => Path.Combine(Data, SystemUploads.FilePath);

    /// <summary>Neither a BIOS nor UEFI finds anything to start.</summary>
    public async Task<bool> IsStartableAsync()
    {
        var sector = new byte[2];
        using (var file = File.OpenRead(Disk.Path))
        {
            file.ReadExactly(sector);
        }

        var listing = await new Command("mdir", "-b", "-i", Parts.Efi, "::/EFI/BOOT/BOOTX64.EFI").WithEnvironment(new Dictionary<string, string> { ["MTOOLSRC"] = "/dev/null", ["MTOOLS_SKIP_CHECK"] = "1" })
            .Accepting(_ => true).RunAsync(Cancel);
        return sector is not [0, 0] || listing.ExitCode == 0;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var desk in _desks.AsEnumerable().Reverse())
        {
            await desk.DisposeAsync();
        }

        await UnmountAsync();
        await Disk.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task RunAsync(Command program, CancellationToken cancel)
    {
        await Before(program);
        await program.RunAsync(cancel);
    }
}
