using System.Text;
using OsDeploy.Personalisation;
using OsDeploy.Server.Personalisation;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Personalisation;

public sealed class ContentFolderTests : IDisposable
{
    private static readonly byte[] s_hello = Encoding.ASCII.GetBytes("hello");

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_is_read_again_by_its_hash()
    {
        var folder = Open();
        using var from = new MemoryStream(s_hello);

        var (content, size) = await folder.WriteAsync(from, Cancel);

        Assert.Equal((ContentId.Of(s_hello), 5L), (content, size));
        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", content.ToString());
        Assert.Equal(s_hello, await Open().ReadAsync(content, Cancel));
        Assert.Equal([content], folder.All);
    }

    [Fact]
    public async Task What_has_changed_on_the_disk_is_refused()
    {
        var content = await Open().WriteAsync(s_hello, Cancel);
        await File.WriteAllTextAsync(_folder[$"contents/{content}"], "hellO", Cancel);

        await TestRegistry.RefusedAsync("content-damaged", () => Open().ReadAsync(content, Cancel));
        await TestRegistry.RefusedAsync("content-missing", () => Open().ReadAsync(ContentId.Of([]), Cancel));
    }

    [Fact]
    public async Task What_was_damaged_is_mended_by_writing_it_again()
    {
        var content = await Open().WriteAsync(s_hello, Cancel);
        await File.WriteAllTextAsync(_folder[$"contents/{content}"], "", Cancel);

        await Open().WriteAsync(s_hello, Cancel);

        Assert.Equal(s_hello, await Open().ReadAsync(content, Cancel));
    }

    [Fact]
    public async Task A_file_that_is_too_large_leaves_nothing_behind()
    {
        using var endless = new Endless();

        await TestRegistry.RefusedAsync("content-too-large", () => Open().WriteAsync(endless, Cancel));

        Assert.Empty(Directory.GetFiles(_folder["contents"]));
    }

    [Fact]
    public void What_was_cut_short_goes_when_the_folder_is_opened()
    {
        Open();
        File.WriteAllText(_folder["contents/new.1-2.tmp"], "half");

        Open();

        Assert.Empty(Directory.GetFiles(_folder["contents"]));
    }

    [Fact]
    public async Task What_nothing_names_goes_an_hour_after_it_came()
    {
        var clock = new DaemonClock();
        var store = new ContentStore(Open(), clock);
        var (used, unused) = (await store.EnsureAsync(s_hello, Cancel), await store.EnsureAsync([1], Cancel));

        Assert.Equal(0, store.Sweep(() => new HashSet<ContentId>()));
        clock.Pass(TimeSpan.FromMinutes(61));
        Assert.Equal(1, store.Sweep(() => new HashSet<ContentId> { used }));

        Assert.True(store.Hold(used));
        Assert.False(store.Hold(unused));
    }

    [Fact]
    public async Task What_is_named_anew_is_kept_meanwhile()
    {
        var clock = new DaemonClock();
        var store = new ContentStore(Open(), clock);
        var content = await store.EnsureAsync(s_hello, Cancel);
        clock.Pass(TimeSpan.FromMinutes(61));

        Assert.True(store.Hold(content));

        Assert.Equal(0, store.Sweep(() => new HashSet<ContentId>()));
    }

    private ContentFolder Open() => new(_folder["contents"]);

    /// <summary>Zeros without an end.</summary>
    private sealed class Endless : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(buffer.Length);
    }
}
