using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OsDeploy.Api;
using OsDeploy.Images;
using OsDeploy.Server.Api;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Api;

public sealed class OutageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_capture_goes_on_after_the_server_was_killed_and_started_again()
    {
        await using var appliance = await TestAppliance.StartAsync();
        await using var store = appliance.Connect();
        var image = SampleImage.Of(Enumerable.Range(0, 60), chunkSize: 64 << 10);
        await using var lease = await store.BeginCaptureAsync(ImageKind.Image, image.Name, Cancel);
        using var written = new SemaphoreSlim(0);
        var writing = Parallel.ForEachAsync(image.Chunks, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel }, async (chunk, cancel) =>
        {
            await store.Chunks.WriteAsync(chunk.Id, chunk.Frame, cancel);
            written.Release();
        });
        for (var i = 0; i < 10; i++)
        {
            await written.WaitAsync(Cancel);
        }

        await appliance.KillAsync();
        await appliance.StartAgainAsync();
        await writing;
        await lease.WriteIndexAsync(image.Index, Cancel);
        while (await lease.CommitAsync(image.Manifest, null, makeCurrent: true, Cancel) is { Count: > 0 } lost)
        {
            foreach (var chunk in image.Chunks.Where(chunk => lost.Contains(chunk.Id)))
            {
                await store.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel);
            }
        }

        await image.AssertRestorableAsync(store, Cancel);
    }

    [Fact]
    public async Task A_restore_goes_on_after_the_server_was_killed_and_started_again()
    {
        await using var appliance = await TestAppliance.StartAsync();
        await using var store = appliance.Connect(new JumpingTime());
        var image = SampleImage.Of(Enumerable.Range(0, 40));
        await image.StoreAsync(store, Cancel);
        await image.AssertRestorableAsync(store, Cancel);
        await appliance.KillAsync();
        await appliance.StartAgainAsync();
        await image.AssertRestorableAsync(store, Cancel);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_repeated_and_harmless()
    {
        var commits = 0;
        await using var appliance = await TestAppliance.StartAsync(before: app => app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Request.Path.Value!.EndsWith("/commit", StringComparison.Ordinal) && commits++ == 0)
            {
                context.Abort();
            }
        }));
        await using var store = appliance.Connect(new JumpingTime());
        await SampleImage.Of([1, 2]).StoreAsync(store, Cancel);
        Assert.Equal(3, commits); // unheard, refused because the first ended the lease, and with the lease opened again
        Assert.Single(await store.ListAsync(Cancel));
    }

    [Fact]
    public async Task A_deletion_whose_answer_was_lost_is_repeated_and_says_when_the_quarantine_ends()
    {
        var deletions = 0;
        await using var appliance = await TestAppliance.StartAsync(before: app => app.Use(async (context, next) =>
        {
            await next(context);
            if (HttpMethods.IsDelete(context.Request.Method) && context.Request.Path.Value!.Contains("/versions/", StringComparison.Ordinal) && deletions++ == 0)
            {
                context.Abort();
            }
        }));
        await using var store = appliance.Connect(new JumpingTime());
        var image = SampleImage.Of([1, 2]);
        await image.StoreAsync(store, Cancel);
        var ends = await store.DeleteAsync(image.Version, Cancel);
        Assert.Equal(2, deletions);
        Assert.InRange(ends - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(71), TimeSpan.FromHours(72));
        Assert.Empty(await store.ListAsync(Cancel));
    }

    [Fact]
    public async Task A_prune_of_hours_is_waited_for_and_not_begun_again()
    {
        using var begun = new SemaphoreSlim(0);
        using var done = new SemaphoreSlim(0);
        var prunes = 0;
        await using var server = await StoreServer.StartAsync(app => app.MapPost(StoreApi.Prune.Template, async context =>
        {
            prunes++;
            begun.Release();
            await done.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsJsonAsync(new PruneReport(1, 2, 3, [], []), ApiJson.Default.PruneReport);
        }));
        var time = new JumpingTime();
        await using var store = new HttpImageStore(server.Url, time, new ConnectionOptions());
        var prune = store.PruneAsync(new PruneOptions(Now: false, DryRun: false), Cancel);
        await begun.WaitAsync(Cancel);
        time.Advance(TimeSpan.FromHours(10));
        done.Release();
        Assert.Equal(2, (await prune).BytesFreed);
        Assert.Equal(1, prunes);
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    [InlineData(StatusCodes.Status408RequestTimeout)]
    public async Task A_server_that_is_busy_is_asked_again(int status)
    {
        var asked = 0;
        await using var server = await StoreServer.StartAsync(app => app.MapGet(StoreApi.ListVersions.Template, context =>
        {
            context.Response.StatusCode = asked++ < 5 ? status : StatusCodes.Status200OK;
            return context.Response.WriteAsync("[]", Cancel);
        }));
        var time = new JumpingTime();
        await using var store = new HttpImageStore(server.Url, time, new ConnectionOptions());
        Assert.Empty(await store.ListAsync(Cancel));
        Assert.Equal(6, asked);
    }

    [Fact]
    public async Task A_chunk_that_meets_a_prune_is_sent_again()
    {
        var chunk = SampleImage.Chunk(1);
        var asked = 0;
        await using var server = await StoreServer.StartAsync(app => app.MapPut(StoreApi.WriteChunk.Template, context =>
        {
            if (asked++ < 2)
            {
                return Problems.WriteAsync(context, Errors.StorePruning("/srv/store"));
            }

            context.Response.StatusCode = StatusCodes.Status201Created;
            return Task.CompletedTask;
        }));
        await using var store = new HttpImageStore(server.Url, new JumpingTime(), new ConnectionOptions());
        Assert.True(await store.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        var chunk = SampleImage.Chunk(1);
        var asked = 0;
        await using var server = await StoreServer.StartAsync(app => app.MapGet(StoreApi.ReadChunk.Template, async context =>
        {
            context.Response.ContentLength = chunk.Frame.Length;
            var length = asked++ == 0 ? chunk.Frame.Length / 2 : chunk.Frame.Length;
            await context.Response.Body.WriteAsync(chunk.Frame.AsMemory(0, length), Cancel);
            await context.Response.Body.FlushAsync(Cancel);
        }));
        await using var store = new HttpImageStore(server.Url, new JumpingTime(), new ConnectionOptions());
        var frame = new byte[chunk.Frame.Length * 2];
        Assert.Equal(chunk.Frame, frame[..await store.Chunks.ReadAsync(chunk.Id, frame, Cancel)]);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_server_that_never_answered_is_given_up_after_half_a_minute()
    {
        var time = new JumpingTime();
        await using var store = new HttpImageStore(await UrlNobodyListensOnAsync(), time, new ConnectionOptions());
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => store.ListAsync(Cancel));
        Assert.Equal("store-unreachable", refusal.Code);
        Assert.Contains(store.Address, refusal.Message, StringComparison.Ordinal);
        Assert.InRange(Total(time), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_server_that_answered_before_is_given_up_after_half_an_hour_of_growing_pauses()
    {
        var time = new JumpingTime();
        await using var appliance = await TestAppliance.StartAsync();
        await using var store = appliance.Connect(time);
        await store.ListAsync(Cancel);
        await appliance.KillAsync();
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => store.ListAsync(Cancel));
        Assert.Equal("store-unreachable", refusal.Code);
        Assert.InRange(Total(time), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31));
        Assert.InRange(time.Jumps[0], TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        Assert.InRange(time.Jumps[^1], TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_server_that_hangs_is_asked_again_when_patience_ends()
    {
        using var first = new SemaphoreSlim(0);
        var asked = 0;
        await using var server = await StoreServer.StartAsync(app => app.MapGet(StoreApi.ListVersions.Template, async context =>
        {
            if (asked++ == 0)
            {
                first.Release();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            await context.Response.WriteAsync("[]", Cancel);
        }));
        var time = new JumpingTime();
        await using var store = new HttpImageStore(server.Url, time, new ConnectionOptions());
        var list = store.ListAsync(Cancel);
        await first.WaitAsync(Cancel);
        time.Advance(StoreApi.ListVersions.Patience);
        Assert.Empty(await list);
    }

    [Fact]
    public async Task Cancelling_ends_the_patience_at_once()
    {
        await using var store = new HttpImageStore(await UrlNobodyListensOnAsync(), TimeProvider.System, new ConnectionOptions());
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var list = store.ListAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => list);
    }

    private static TimeSpan Total(JumpingTime time) => TimeSpan.FromTicks(time.Jumps.Sum(jump => jump.Ticks));

    private static async Task<string> UrlNobodyListensOnAsync()
    {
        await using var server = await StoreServer.StartAsync(_ => { });
        return server.Url;
    }
}
