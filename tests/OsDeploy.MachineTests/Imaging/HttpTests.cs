using OsDeploy.MachineTests.Cli;
using OsDeploy.MachineTests.Disks;
using OsDeploy.Tests.Api;

namespace OsDeploy.MachineTests.Imaging;

/// <summary>The main job with the store at the other end of a wire.</summary>
public sealed class HttpTests
{
    private const long DiskSize = 90L << 20;

    public HttpTests() => Root.OrSkip();

    [Fact]
    public async Task A_capture_and_a_restore_by_HTTP_do_what_they_do_with_a_folder()
    {
        await using var lab = new ImagingLab();
        await using var master = await TestDisk.CreateAsync(DiskSize, "label: gpt\ntype=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n");
        await master.FormatAsync(1, "ntfs");
        await master.CopyInAsync(1, await SampleTree.CreateAsync(lab.NewFolder(), 5, hasUnixFeatures: false));
        await using var target = await TestDisk.CreateAsync(DiskSize);
        await using var store = lab.OpenStore();
        await using var server = await StoreServer.StartAsync(routes => routes.MapStore(store));

        var capture = await OsDeployProgram.RunAsync("capture", master.Path, "--store", server.Url, "--image", "lab");
        var again = await OsDeployProgram.RunAsync("capture", master.Path, "--store", server.Url, "--image", "lab", "--json");
        var restore = await OsDeployProgram.RunAsync("restore", target.Path, "--store", server.Url, "--image", "lab", "--verify", "all", "--yes");
        var equal = await OsDeployProgram.RunAsync("restore", target.Path, "--store", server.Url, "--image", "lab", "--yes", "--json");

        Assert.All([capture, again, restore, equal], result => Assert.True(result.ExitCode == 0, result.ErrorOutput));
        Assert.Contains("\"newChunks\": 0", again.Output, StringComparison.Ordinal);
        Assert.Contains("\"writtenBytes\": 0", equal.Output, StringComparison.Ordinal);
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(target, 1));
    }
}
