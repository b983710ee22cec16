namespace OsDeploy.MachineTests.Stores;

/// <summary>
/// The power fails while a process works in a store. The store lies on an ext4 whose disk is a file on btrfs; a reflink copy of that
/// file is the disk as the power cut left it, without anything that was only in memory.
/// </summary>
public sealed class StorePowerCutTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-cut-");

    public StorePowerCutTests()
    {
        Root.OrSkip();
        TestVolume.RequireSupport("btrfs");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Log => Path.Combine(_folder.FullName, "log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_acknowledged_survives_the_power_cut()
    {
        const int Cuts = 12;
        var random = new Random(20261120);
        await using var drawer = await TestVolume.FormatAsync(Path.Combine(_folder.FullName, "drawer.img"), 2L << 30, "mkfs.btrfs", "-q");
        await using var disk = await TestVolume.FormatAsync(drawer["disk.img"], 256 << 20, "mkfs.ext4", "-q");
        for (var cut = 0; cut < Cuts; cut++)
        {
            await StoreProcess.RunAndKillAsync(disk["store"], Log, cut, TimeSpan.FromMilliseconds(random.Next(300, 900)), Cancel);
            await new Command("cp", "--reflink=always", drawer["disk.img"], drawer["cut.img"]).RunAsync(Cancel);
            var log = StoreLog.Read(Log);
            await using (var afterwards = await TestVolume.MountImageAsync(drawer["cut.img"]))
            {
                await log.AssertHoldsAsync(afterwards["store"], Cancel);
            }

            File.Delete(drawer["cut.img"]);
            StoreLog.Settle(Log, await log.AssertHoldsAsync(disk["store"], Cancel), log.NextNumber);
        }

        Assert.True(StoreLog.Read(Log).NextNumber > Cuts, "the power failed before anything happened");
    }
}
