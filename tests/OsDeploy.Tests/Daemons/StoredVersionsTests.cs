using OsDeploy.Api;
using OsDeploy.Images;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>What the daemon says of the versions in its store.</summary>
public sealed class StoredVersionsTests
{
    private const int Chunk = SampleImage.ChunkSize;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_is_listed_with_what_its_manifest_says()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.StoreAsync(SampleImage.Of([1, 2, 3], "win11"));
        await daemon.StoreAsync(SampleImage.Of([1, 2], "office-c", kind: ImageKind.Manual));

        var stored = await daemon.Admin.CallAsync(ApplianceApi.ListStored, Cancel);

        Assert.Equal([("win11", 3L * Chunk, "pc-01"), ("office-c", 2L * Chunk, "pc-01")], stored.Select(one => (one.Entry.Image.ToString(), one.UsedBytes ?? -1, one.CapturedBy)));
        Assert.Equal((1, 1, PartitionContent.Raw, 2L * Chunk), stored[1].Partitions.Select(part => (part.Disk, part.Number, part.Content, part.UsedBytes)).Single());
    }

    [Fact]
    public async Task A_version_weighs_what_the_one_before_and_what_all_others_lack()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var (old, middle, other) = (SampleImage.Of([1, 2, 3, 4], "win11"), SampleImage.Of([1, 2, 5, 6, 7], "win11", day: 2), SampleImage.Of([6, 9], "linux"));
        foreach (var image in new[] { old, middle, other })
        {
            await daemon.StoreAsync(image);
        }

        var first = await daemon.Admin.CallAsync(ApplianceApi.Weigh, Cancel, old.Version.ToString());
        var second = await daemon.Admin.AskAsync(ApplianceApi.Weigh, "only=true", Cancel, middle.Version.ToString());

        Assert.Equal((4L * Chunk, null), (first.New, first.Only));
        Assert.Equal((3L * Chunk, 2L * Chunk), (second.New, second.Only));
    }

    [Fact]
    public async Task A_deleted_version_is_named_until_it_comes_back()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        var image = SampleImage.Of([1, 2], "win11");
        await daemon.StoreAsync(image);
        await using var store = new HttpImageStore(daemon.Address, TimeProvider.System, new ConnectionOptions { ServerKey = daemon.Key, Token = daemon.Token });
        var endsAt = await store.DeleteAsync(image.Version, Cancel);

        var deleted = Assert.Single(await daemon.Admin.CallAsync(ApplianceApi.ListDeleted, Cancel));

        Assert.Equal((image.Version, "win11", endsAt), (deleted.Version, deleted.Image?.ToString(), deleted.EndsAt));
        Assert.Equal(TimeSpan.FromHours(72), deleted.EndsAt - deleted.DeletedAt);
        await store.UndeleteAsync(image.Version, Cancel);
        Assert.Empty(await daemon.Admin.CallAsync(ApplianceApi.ListDeleted, Cancel));
    }
}
