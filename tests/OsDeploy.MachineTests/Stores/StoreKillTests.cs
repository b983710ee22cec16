using OsDeploy.Images.Folder;

namespace OsDeploy.MachineTests.Stores;

/// <summary>A process that works in a store dies, or a system call fails it, at every step. What it acknowledged must hold.</summary>
public sealed class StoreKillTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-kill-");

    public StoreKillTests() => Assert.SkipWhen(Command.Find("strace") is null, "needs strace");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Store => Path.Combine(_folder.FullName, "store");

    private string Log => Path.Combine(_folder.FullName, "log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Killed_at_random_times_it_loses_nothing_acknowledged()
    {
        const int Rounds = 25;
        var random = new Random(20261120);
        for (var round = 0; round < Rounds; round++)
        {
            await StoreProcess.RunAndKillAsync(Store, Log, round, TimeSpan.FromMilliseconds(random.Next(150, 700)), Cancel);
            await HoldAsync($"round {round}");
        }

        Assert.True(StoreLog.Read(Log).NextNumber > Rounds, "the process was killed before it did anything");
    }

    [Theory]
    [InlineData("rename:signal=KILL")]
    [InlineData("unlink:signal=KILL")]
    [InlineData("fsync:signal=KILL")]
    [InlineData("fdatasync:signal=KILL")]
    [InlineData("pwritev:signal=KILL")]
    [InlineData("pwrite64:signal=KILL")]
    [InlineData("ftruncate:signal=KILL")]
    public Task Killed_at_every_step_it_loses_nothing_acknowledged(string fault) => AtEveryStepAsync(fault, error: null);

    [Theory]
    [InlineData("mkdir:signal=KILL")]
    [InlineData("rename:signal=KILL")]
    public Task Killed_while_it_makes_the_store_it_leaves_one_or_none(string fault) => AtEveryStepAsync(fault, error: null, inNewStore: true);

    [Theory]
    [InlineData("fdatasync:error=EIO", "disk-write-failed")]
    [InlineData("fsync:error=EIO", "disk-write-failed")]
    [InlineData("fdatasync:error=ENOSPC", "disk-full")]
    [InlineData("rename:error=EIO", "disk-write-failed")]
    [InlineData("pwritev:error=ENOSPC", "disk-full")]
    [InlineData("pwrite64:error=ENOSPC", "disk-full")]
    [InlineData("pwritev:error=EIO", "disk-write-failed")]
    [InlineData("ftruncate:error=EIO", "disk-write-failed")]
    public Task A_failed_system_call_is_reported_and_costs_nothing_acknowledged(string fault, string error) => AtEveryStepAsync(fault, error);

    private async Task AtEveryStepAsync(string fault, string? error, bool inNewStore = false)
    {
        for (var n = 1; ; n++)
        {
            ResetStore();
            if (!inNewStore)
            {
                await PrepareAsync();
            }

            var ranToTheEnd = await StoreProcess.RunWithFaultAsync(Store, Log, fault, n, Cancel);
            var log = StoreLog.Read(Log);
            await HoldAsync($"{fault} at {n}");
            if (ranToTheEnd)
            {
                Assert.True(n > 3, "the fault was hardly met");
                return;
            }

            if (error is not null)
            {
                Assert.Equal([error], log.Errors);
            }
        }
    }

    private void ResetStore()
    {
        if (Directory.Exists(Store))
        {
            Directory.Delete(Store, recursive: true);
        }

        File.Delete(Log);
    }

    // Two versions that share chunks, so that the prune of the round has a pack to write anew.
    private async Task PrepareAsync()
    {
        await using var store = FolderImageStore.Open(Store, create: true, TimeProvider.System);
        await StoreWorker.Version(1).StoreAsync(store, Cancel);
        await StoreWorker.Version(2).StoreAsync(store, Cancel);
        StoreLog.Settle(Log, [1, 2], nextNumber: 3);
    }

    private async Task HoldAsync(string when)
    {
        try
        {
            var log = StoreLog.Read(Log);
            StoreLog.Settle(Log, await log.AssertHoldsAsync(Store, Cancel), log.NextNumber);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{when}: {e.Message}", e);
        }
    }
}
