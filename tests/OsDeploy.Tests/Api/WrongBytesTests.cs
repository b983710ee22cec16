using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OsDeploy.Api;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Tests.Chunks;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Api;

/// <summary>What neither end may believe of the other.</summary>
public sealed class WrongBytesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chunk_that_changed_on_its_way_is_refused_and_not_stored()
    {
        await using var appliance = await TestAppliance.StartAsync();
        await using var store = appliance.Connect();
        var (chunk, other) = (SampleImage.Chunk(1), SampleImage.Chunk(2));
        var flipped = chunk.Frame.ToArray();
        flipped[flipped.Length / 2] ^= 1;
        foreach (var wrong in new[] { flipped, other.Frame, chunk.Frame[..^1], [.. chunk.Frame, 0], PaddedFrame.Of(chunk.Frame, 5000), [] })
        {
            var refusal = await Assert.ThrowsAsync<UserErrorException>(async () => await store.Chunks.WriteAsync(chunk.Id, wrong, Cancel));
            Assert.Equal("chunk-rejected", refusal.Code);
        }

        Assert.False(Assert.Single(await appliance.Store.Chunks.HasAsync(new[] { chunk.Id }, Cancel)));
    }

    [Fact]
    public async Task An_index_object_that_changed_on_its_way_is_refused()
    {
        await using var appliance = await TestAppliance.StartAsync(before: app => app.Use((context, next) =>
        {
            context.Request.Body = context.Request.Path.Value!.Contains("/indexes/", StringComparison.Ordinal) ? new MemoryStream([1]) : context.Request.Body;
            return next(context);
        }));
        await using var store = appliance.Connect();
        await using var lease = await store.BeginCaptureAsync(ImageKind.Image, ImageName.Parse("lab"), Cancel);
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => lease.WriteIndexAsync(SampleImage.Of([1]).Index, Cancel));
        Assert.Equal("index-rejected", refusal.Code);
    }

    [Fact]
    public async Task A_forged_frame_of_any_length_is_found_by_its_reader()
    {
        var (chunk, other) = (SampleImage.Chunk(1), SampleImage.Chunk(2));
        foreach (var forged in new[] { other.Frame, new byte[300_000], chunk.Frame[..100], [.. chunk.Frame, 0], [] })
        {
            await using var server = await StoreServer.StartAsync(app => app.MapGet(StoreApi.ReadChunk.Template, context =>
            {
                context.Response.ContentLength = forged.Length;
                return context.Response.Body.WriteAsync(forged, Cancel).AsTask();
            }));
            await using var store = new HttpImageStore(server.Url, TimeProvider.System, new ConnectionOptions());
            using var codec = new ChunkCodec(SampleImage.ChunkSize);
            var frame = new byte[ChunkCodec.MaxFrameLength(SampleImage.ChunkSize)];
            var length = await store.Chunks.ReadAsync(chunk.Id, frame, Cancel);
            Assert.False(codec.TryDecode(chunk.Id, frame.AsSpan(0, length), new byte[SampleImage.ChunkSize]));
        }
    }

    [Fact]
    public async Task A_check_through_the_server_tells_what_is_bad()
    {
        await using var appliance = await TestAppliance.StartAsync();
        await using var store = appliance.Connect();
        var (hit, whole) = (SampleImage.Of([1, 2], day: 1), SampleImage.Of([2, 3], day: 2));
        await appliance.Store.Chunks.WriteAsync(hit.Chunks[0].Id, SampleImage.Chunk(9).Frame, Cancel); // the folder takes what it is given
        await hit.StoreAsync(store, Cancel);
        await whole.StoreAsync(store, Cancel);
        var report = await store.CheckAsync(null, new Meter(), Cancel);
        Assert.Equal([hit.Chunks[0].Id], report.Damaged);
        Assert.Equal(hit.Version, Assert.Single(report.Affected).Version);
        Assert.Contains(hit.Chunks[0].Id.ToString(), Assert.Single(report.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_or_index_that_does_not_have_its_hash_is_refused()
    {
        await using var server = await StoreServer.StartAsync(app =>
        {
            app.MapGet(StoreApi.ReadManifest.Template, context => context.Response.WriteAsync("forged", Cancel));
            app.MapGet(StoreApi.ReadIndex.Template, context => context.Response.WriteAsync("forged", Cancel));
        });
        await using var store = new HttpImageStore(server.Url, TimeProvider.System, new ConnectionOptions());
        var ofManifest = await Assert.ThrowsAsync<UserErrorException>(() => store.ReadManifestAsync(VersionId.Of([]), Cancel));
        var ofIndex = await Assert.ThrowsAsync<UserErrorException>(() => store.ReadIndexAsync(ChunkId.Of([]), Cancel));
        Assert.Equal(("version-damaged", "index-damaged"), (ofManifest.Code, ofIndex.Code));
    }

    [Fact]
    public async Task A_chunk_that_a_cache_does_not_have_is_missing_though_the_cache_knows_no_codes()
    {
        await using var cache = await StoreServer.StartAsync(app => app.MapGet("/", context => Task.CompletedTask));
        await using var store = new HttpImageStore(cache.Url, TimeProvider.System, new ConnectionOptions());
        var refusal = await Assert.ThrowsAsync<UserErrorException>(async () => await store.Chunks.ReadAsync(ChunkId.Of([]), new byte[100], Cancel));
        Assert.Equal("store-chunk-missing", refusal.Code);
        Assert.Contains(cache.Url, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<p>Welcome to the router</p>")]
    [InlineData("application/json", "{\"versions\":[]}")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "null")]
    public async Task A_server_that_is_no_appliance_is_named_as_such(string type, string body)
    {
        await using var server = await StoreServer.StartAsync(app => app.MapGet(StoreApi.ListVersions.Template, context =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body, Cancel);
        }));
        await using var store = new HttpImageStore(server.Url, TimeProvider.System, new ConnectionOptions());
        Assert.Equal("store-answer", (await Assert.ThrowsAsync<UserErrorException>(() => store.ListAsync(Cancel))).Code);
        Assert.Equal("store-answer", (await Assert.ThrowsAsync<UserErrorException>(() => store.DeleteAsync(VersionId.Of([]), Cancel))).Code);
    }

    [Fact]
    public async Task More_ids_than_one_request_takes_are_asked_for_in_several()
    {
        await using var appliance = await TestAppliance.StartAsync();
        await using var store = appliance.Connect();
        var chunk = SampleImage.Chunk(1);
        await store.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel);
        var ids = Enumerable.Range(0, (StoreApi.MaxIds * 2) + 1).Select(i => ChunkId.Of(BitConverter.GetBytes(i))).ToArray();
        ids[StoreApi.MaxIds] = ids[^1] = chunk.Id;
        var has = await store.Chunks.HasAsync(ids, Cancel);
        Assert.Equal([StoreApi.MaxIds, ids.Length - 1], has.Index().Where(one => one.Item).Select(one => one.Index));
    }
}
