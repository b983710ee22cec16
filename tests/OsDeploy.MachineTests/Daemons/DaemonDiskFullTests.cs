using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.MachineTests.Stores;
using OsDeploy.Tests.Images;
using OsDeploy.Text;

namespace OsDeploy.MachineTests.Daemons;

/// <summary>On a full disk an administrator can still log in and make room.</summary>
public sealed class DaemonDiskFullTests
{
    private const int PageSize = 4096;

    public DaemonDiskFullTests() => Root.OrSkip();

    public static TheoryData<string> FileSystems => ["tmpfs", "ext4"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(FileSystems))]
    public async Task Login_deleting_hosts_and_versions_and_prune_still_work(string fileSystem)
    {
        await using var under = await TestVolume.InMemoryAsync(120 << 20);
        await using var disk = fileSystem == "ext4"
            ? await TestVolume.FormatAsync(under["disk.img"], 80 << 20, "mkfs.ext4", "-q", "-m", "0")
            : await TestVolume.InMemoryAsync(80 << 20);
        var (old, kept) = (SampleImage.Of(Enumerable.Range(0, 400), day: 1), SampleImage.Of(Enumerable.Range(300, 200), day: 2));
        await StoreAsync(disk, old, kept);
        await using var daemon = await DaemonProgram.StartAsync(disk.Folder);
        using (var first = daemon.As(await daemon.LoginAsync()))
        {
            await first.CallAsync(HostApi.Add, new NewHosts([.. Enumerable.Range(1, 3).Select(number => new NewHost(MacOf(number), $"pc0{number}"))]), Cancel);
        }

        FillUp(disk);
        var token = await daemon.LoginAsync();
        using var api = daemon.As(token);
        await using var store = daemon.StoreAs(token);
        await store.DeleteAsync(old.Version, Cancel);
        await api.CallAsync(HostApi.Delete, Cancel, "pc01");
        Assert.True((await store.PruneAsync(new PruneOptions(Now: true, DryRun: true), Cancel)).BytesFreed > 0);
        for (var changes = 0; !(await api.CallAsync(ApplianceApi.Status, Cancel)).IsOnReserve; changes++)
        {
            Assert.True(changes < 5000, "it was never full");
            await api.CallAsync(HostApi.Change, new HostChange(Notes: new string((char)('a' + (changes % 26)), 900)), Cancel, "pc02");
        }

        // Prune first: it is what makes room.
        var report = await store.PruneAsync(new PruneOptions(Now: true, DryRun: false), Cancel);
        Assert.True(report.BytesFreed > 0, $"{report}");
        await daemon.LoginAsync();
        await api.CallAsync(HostApi.Delete, Cancel, "pc02");
        Assert.Equal(["pc03"], (await api.CallAsync(HostApi.List, Cancel)).Select(host => host.Host.Name.ToString()));
        Assert.Equal([kept.Version], (await store.ListAsync(Cancel)).Select(version => version.Version));
        await kept.AssertRestorableAsync(store, Cancel);
        Assert.Null((await api.AskAsync(AccountApi.Audit, "check=true", Cancel)).BrokenAt);
    }

    private static async Task StoreAsync(TestVolume disk, params SampleImage[] images)
    {
        Directory.CreateDirectory(disk["data"]);
        await using var store = FolderImageStore.Open(disk["data/store"], create: true, TimeProvider.System);
        foreach (var image in images)
        {
            await image.StoreAsync(store, Cancel);
        }
    }

    private static MacAddress MacOf(int number) => MacAddress.TryParse($"02000000000{number}", out var mac) ? mac : throw new ArgumentOutOfRangeException(nameof(number));

    private static void FillUp(TestVolume disk)
    {
        var page = new byte[PageSize];
        using var filler = File.OpenHandle(disk["filler"], FileMode.Create, FileAccess.Write);
        var length = 0L;
        try
        {
            while (true)
            {
                RandomAccess.Write(filler, page, length);
                length += PageSize;
            }
        }
        catch (IOException)
        {
            Assert.True(length > 0, "it was full before");
        }
    }
}
