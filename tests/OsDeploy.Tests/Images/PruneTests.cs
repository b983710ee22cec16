using OsDeploy.Images;
using OsDeploy.Images.Folder;
using Xunit;

namespace OsDeploy.Tests.Images;

/// <summary>A prune takes what nothing needs, and nothing else, whatever happens around it.</summary>
public sealed class PruneTests : IDisposable
{
    private static readonly PruneOptions s_gentle = new(Now: false, DryRun: false);
    private static readonly PruneOptions s_now = new(Now: true, DryRun: false);

    private readonly TemporaryFolder _folder = new();
    private readonly SetTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_deleted_version_keeps_its_chunks_for_72_hours()
    {
        await using var store = Open();
        var image = SampleImage.Of([1, 2, 3]);
        await image.StoreAsync(store, Cancel);
        var ends = await store.DeleteAsync(image.Version, Cancel);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromHours(72), ends);
        _time.Pass(TimeSpan.FromHours(72) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await store.PruneAsync(s_gentle, Cancel)).ChunksRemoved);
        _time.Pass(TimeSpan.FromSeconds(1));
        var report = await store.PruneAsync(s_gentle, Cancel);
        Assert.Equal(3, report.ChunksRemoved);
        Assert.Equal([image.Version], report.VersionsEnded);
        Assert.Equal(0, report.ChunksKept);
    }

    [Fact]
    public async Task A_capture_that_died_keeps_everything_for_24_hours()
    {
        var image = SampleImage.Of([1, 2, 3]);
        await DieInCaptureAsync(image);
        await using var store = Open();
        var early = await store.PruneAsync(s_gentle, Cancel);
        Assert.Equal(0, early.ChunksRemoved);
        Assert.Contains("lab", Assert.Single(early.KeptBecause), StringComparison.Ordinal);
        _time.Pass(TimeSpan.FromHours(24));
        Assert.NotEqual(0, (await store.PruneAsync(s_gentle, Cancel)).BytesFreed);
        Assert.Empty(Directory.EnumerateFiles(_folder["store/incoming"]));
    }

    [Fact]
    public async Task A_prune_that_keeps_everything_leaves_writers_alone()
    {
        await DieInCaptureAsync(SampleImage.Of([1, 2, 3]));
        await using var store = Open();
        var chunk = SampleImage.Chunk(7);
        await store.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel);
        Assert.NotEmpty((await store.PruneAsync(s_gentle, Cancel)).KeptBecause);
        Assert.True(Assert.Single(await store.Chunks.HasAsync(new[] { chunk.Id }, Cancel)));
        await store.Chunks.FlushAsync(Cancel);
    }

    [Fact]
    public async Task Now_ends_the_protection_of_a_capture_that_died()
    {
        await DieInCaptureAsync(SampleImage.Of([1, 2, 3]));
        await using var store = Open();
        Assert.NotEqual(0, (await store.PruneAsync(s_now, Cancel)).BytesFreed);
        Assert.Empty((await store.PruneAsync(s_gentle, Cancel)).KeptBecause);
    }

    [Fact]
    public async Task A_prune_is_refused_at_every_step_of_a_capture_by_another_process()
    {
        var image = SampleImage.Of(Enumerable.Range(0, 5));
        await using var capturing = Open();
        await using var lease = await capturing.BeginCaptureAsync(ImageKind.Image, image.Name, Cancel);
        await AssertRefusedAsync();
        foreach (var chunk in image.Chunks)
        {
            await capturing.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel);
            await AssertRefusedAsync();
        }

        await capturing.Chunks.FlushAsync(Cancel);
        await AssertRefusedAsync();
        await lease.WriteIndexAsync(image.Index, Cancel);
        await AssertRefusedAsync();
        Assert.Empty(await lease.CommitAsync(image.Manifest, null, makeCurrent: true, Cancel));
        await AssertRefusedAsync(); // the store is still open there
        await image.AssertRestorableAsync(capturing, Cancel);

        async Task AssertRefusedAsync()
        {
            await using var pruning = Open();
            var error = await Assert.ThrowsAsync<UserErrorException>(() => pruning.PruneAsync(s_now, Cancel));
            Assert.Equal("store-busy", error.Code);
        }
    }

    [Fact]
    public async Task A_capture_that_dies_at_any_step_takes_nothing_with_it()
    {
        for (var step = 0; step < 8; step++)
        {
            var (kept, died) = (SampleImage.Of([1, 2, 3, 4], day: 1), SampleImage.Of([3, 4, 5, 6, 7, 8], day: 2));
            await using (var store = Open())
            {
                await kept.StoreAsync(store, Cancel);
            }

            await DieInCaptureAsync(died, step);
            await using (var store = Open())
            {
                await store.PruneAsync(s_now, Cancel);
                await kept.AssertRestorableAsync(store, Cancel);
                Assert.Equal(kept.Version, Assert.Single(await store.ListAsync(Cancel)).Version);
                Assert.True((await store.CheckAsync(null, new Meter(), Cancel)).IsClean);
            }
        }
    }

    [Fact]
    public async Task What_another_process_captured_since_is_kept()
    {
        await using var pruning = Open();
        var image = SampleImage.Of([1, 2, 3]);
        await using (var capturing = Open())
        {
            await image.StoreAsync(capturing, Cancel);
        }

        Assert.Equal(0, (await pruning.PruneAsync(s_now, Cancel)).ChunksRemoved);
        await image.AssertRestorableAsync(pruning, Cancel);
    }

    [Fact]
    public async Task A_version_that_is_captured_again_while_in_quarantine_stays_when_that_ends()
    {
        await using var store = Open();
        var image = SampleImage.Of([1, 2, 3]);
        await image.StoreAsync(store, Cancel);
        await store.DeleteAsync(image.Version, Cancel);
        await image.StoreAsync(store, Cancel);
        await store.PruneAsync(s_now, Cancel);
        await image.AssertRestorableAsync(store, Cancel);
    }

    [Fact]
    public async Task While_a_prune_runs_versions_stay_as_they_are()
    {
        var time = new InterruptedTime();
        await using var store = FolderImageStore.Open(_folder["store"], create: true, time);
        var (deleted, kept) = (SampleImage.Of([1, 2], day: 1), SampleImage.Of([3, 4], day: 2));
        await deleted.StoreAsync(store, Cancel);
        await kept.StoreAsync(store, Cancel);
        await store.DeleteAsync(deleted.Version, Cancel);
        var refusals = new List<Exception?>();
        time.AtNextLook = () => // the prune asks how old the deleted version is
        {
            refusals.Add(Record.Exception(() => store.DeleteAsync(kept.Version, Cancel).Wait(Cancel))?.InnerException);
            refusals.Add(Record.Exception(() => store.SetCurrentAsync(kept.Version, Cancel).Wait(Cancel))?.InnerException);
            refusals.Add(Record.Exception(() => store.UndeleteAsync(deleted.Version, Cancel).Wait(Cancel))?.InnerException);
            refusals.Add(Record.Exception(() => store.CheckAsync(null, new Meter(), Cancel).Wait(Cancel))?.InnerException);
        };
        await store.PruneAsync(s_gentle, Cancel);
        Assert.Equal(Enumerable.Repeat("store-busy", 4), refusals.Select(refusal => (refusal as UserErrorException)?.Code));
        await kept.AssertRestorableAsync(store, Cancel);
    }

    [Fact]
    public async Task Temporary_files_of_a_power_cut_go()
    {
        await using var store = Open();
        await SampleImage.Of([1]).StoreAsync(store, Cancel);
        var left = _folder["store/images/lab/x.json.1f-0a1b2c3d.tmp"];
        await File.WriteAllTextAsync(left, "half", Cancel);
        await store.PruneAsync(s_now, Cancel);
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task A_cancelled_prune_leaves_a_whole_store()
    {
        await using var store = Open();
        var (gone, kept) = (SampleImage.Of(Enumerable.Range(0, 30), day: 1), SampleImage.Of(Enumerable.Range(25, 10), day: 2));
        await gone.StoreAsync(store, Cancel);
        await kept.StoreAsync(store, Cancel);
        await store.DeleteAsync(gone.Version, Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PruneAsync(s_now, new CancellationToken(canceled: true)));
        await kept.AssertRestorableAsync(store, Cancel);
        await store.PruneAsync(s_now, Cancel);
        await kept.AssertRestorableAsync(store, Cancel);
    }

    [Fact]
    public Task Random_histories_never_lose_a_version() => Seeded.CasesAsync(15, async random =>
    {
        using var folder = new TemporaryFolder();
        var time = new SetTime();
        var there = new List<SampleImage>();
        var deleted = new Dictionary<VersionId, DateTimeOffset>();
        for (var step = 0; step < 25; step++)
        {
            await using var store = FolderImageStore.Open(folder["store"], create: true, time);
            switch (random.Next(5))
            {
                case 0 or 1:
                    var image = SampleImage.Of(Enumerable.Range(random.Next(40), random.Next(1, 30)), name: random.Next(2) == 0 ? "a" : "b", day: step);
                    await image.StoreAsync(store, Cancel, makeCurrent: random.Next(2) == 0);
                    there.Add(image);
                    break;
                case 2 when there.Count > 0:
                    var victim = there[random.Next(there.Count)];
                    await store.DeleteAsync(victim.Version, Cancel);
                    there.Remove(victim);
                    deleted[victim.Version] = time.GetUtcNow();
                    break;
                case 3:
                    time.Pass(TimeSpan.FromHours(random.Next(50)));
                    break;
                default:
                    await PruneAsync(store, time, there, deleted, now: random.Next(4) == 0);
                    break;
            }
        }
    });

    private static async Task PruneAsync(
        FolderImageStore store, SetTime time, List<SampleImage> there, Dictionary<VersionId, DateTimeOffset> deleted, bool now)
    {
        var ends = deleted.Where(version => now || version.Value + TimeSpan.FromHours(72) <= time.GetUtcNow()).Select(version => version.Key).ToList();
        var dry = await store.PruneAsync(new PruneOptions(now, DryRun: true), Cancel);
        var real = await store.PruneAsync(new PruneOptions(now, DryRun: false), Cancel);
        Assert.Equivalent(dry, real, strict: true);
        Assert.Equal(ends.Order(Comparer<VersionId>.Create((a, b) => a.Hash.CompareTo(b.Hash))), real.VersionsEnded.OrderBy(version => version.Hash));
        ends.ForEach(version => deleted.Remove(version));
        Assert.Equal(there.Select(image => image.Version).ToHashSet(), (await store.ListAsync(Cancel)).Select(entry => entry.Version).ToHashSet());
        foreach (var image in there)
        {
            await image.AssertRestorableAsync(store, Cancel);
        }

        Assert.True((await store.CheckAsync(null, new Meter(), Cancel)).IsClean);
        var again = await store.PruneAsync(new PruneOptions(now, DryRun: false), Cancel);
        Assert.Equal(0, again.ChunksRemoved);
    }

    private FolderImageStore Open() => FolderImageStore.Open(_folder["store"], create: true, _time);

    // The store is closed with the lease open, which is what the death of the process leaves.
    private async Task DieInCaptureAsync(SampleImage image, int chunks = int.MaxValue)
    {
        await using var store = Open();
        var lease = await store.BeginCaptureAsync(ImageKind.Image, image.Name, Cancel);
        foreach (var chunk in image.Chunks.Take(chunks))
        {
            await store.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel);
        }

        if (chunks > image.Chunks.Count)
        {
            await lease.WriteIndexAsync(image.Index, Cancel);
        }
    }

    /// <summary>A clock that does something when it is looked at.</summary>
    private sealed class InterruptedTime : TimeProvider
    {
        private Action? _atNextLook;

        public Action AtNextLook
        {
            set => _atNextLook = value;
        }

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Exchange(ref _atNextLook, null)?.Invoke();
            return base.GetUtcNow();
        }
    }
}
