using OsDeploy.Images;
using OsDeploy.Images.Folder;
using Xunit;

namespace OsDeploy.Tests.Images;

/// <summary>Making and opening stores, several processes in one, and what a capture that died leaves.</summary>
public sealed class StoreSharingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_that_holds_no_store_is_refused_unless_one_may_be_made(bool folderExists)
    {
        if (folderExists)
        {
            Directory.CreateDirectory(_folder["store"]);
        }

        Assert.Equal("store-missing", Assert.Throws<UserErrorException>(() => Open(create: false)).Code);
        await using (Open(create: true))
        {
        }

        await using (Open(create: false))
        {
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Only_the_last_folder_of_a_path_is_made(string end)
    {
        var path = _folder["mnt/usb/store"] + end;
        var error = Assert.Throws<UserErrorException>(() => FolderImageStore.Open(path, create: true, TimeProvider.System));
        Assert.Equal("store-parent-missing", error.Code);
        Assert.Contains("mount", error.Hint, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        Directory.CreateDirectory(_folder["mnt/usb"]);
        await using var store = FolderImageStore.Open(path, create: true, TimeProvider.System);
        Assert.Empty(await store.ListAsync(Cancel));
    }

    [Fact]
    public void A_folder_with_other_files_is_never_made_a_store()
    {
        Directory.CreateDirectory(_folder["store"]);
        File.WriteAllText(_folder["store/holiday.jpg"], "x");
        Assert.Equal("store-foreign", Assert.Throws<UserErrorException>(() => Open(create: true)).Code);
        Assert.Equal("store-missing", Assert.Throws<UserErrorException>(() => Open(create: false)).Code);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder["store"]));
    }

    [Fact]
    public async Task The_root_of_a_new_file_system_counts_as_empty()
    {
        Directory.CreateDirectory(_folder["store/lost+found"]);
        await using var store = Open(create: true);
        Assert.Empty(await store.ListAsync(Cancel));
    }

    [Theory]
    [InlineData("{\"format\":2}", "store-format")]
    [InlineData("{}", "store-damaged")]
    [InlineData("", "store-damaged")]
    [InlineData("null", "store-format")]
    public void A_store_of_another_format_is_refused(string marker, string code)
    {
        Directory.CreateDirectory(_folder["store"]);
        File.WriteAllText(_folder["store/osdeploy-store"], marker);
        Assert.Equal(code, Assert.Throws<UserErrorException>(() => Open(create: true)).Code);
    }

    [Fact]
    public async Task A_command_line_is_sent_to_the_server_that_has_the_store()
    {
        await using (FolderImageStore.OpenForDaemon(_folder["store"], "https://appliance:8443", create: true, TimeProvider.System))
        {
            var error = Assert.Throws<UserErrorException>(() => Open(create: true));
            Assert.Equal("store-has-daemon", error.Code);
            Assert.Contains("--store https://appliance:8443", error.Hint, StringComparison.Ordinal);
        }

        await using var store = Open(create: false);
    }

    [Fact]
    public async Task Two_captures_in_one_store_both_succeed()
    {
        var (one, two) = (SampleImage.Of(Enumerable.Range(0, 20), name: "one"), SampleImage.Of(Enumerable.Range(10, 20), name: "two"));
        await using var first = Open(create: true);
        await using var second = Open(create: true);
        await using var lease = await first.BeginCaptureAsync(ImageKind.Image, one.Name, Cancel);
        await one.WriteChunksAsync(first.Chunks, Cancel);
        await two.StoreAsync(second, Cancel); // must not salvage the pack that the first is writing
        await lease.WriteIndexAsync(one.Index, Cancel);
        Assert.Empty(await lease.CommitAsync(one.Manifest, null, makeCurrent: true, Cancel));
        await one.AssertRestorableAsync(second, Cancel);
        await two.AssertRestorableAsync(first, Cancel);
        Assert.True((await first.CheckAsync(null, new Meter(), Cancel)).IsClean);
    }

    [Fact]
    public async Task The_next_capture_finds_what_a_dead_one_wrote()
    {
        var image = SampleImage.Of(Enumerable.Range(0, 100));
        await DieAfterAsync(image, chunks: 99);
        await using var store = Open(create: true);
        await using var lease = await store.BeginCaptureAsync(ImageKind.Image, image.Name, Cancel);
        Assert.Equal(99, (await store.Chunks.HasAsync(image.Chunks.Select(chunk => chunk.Id).ToArray(), Cancel)).Count(has => has));
        Assert.Empty(Directory.EnumerateFiles(_folder["store/incoming"]));
    }

    [Fact]
    public async Task Of_a_torn_pack_only_whole_chunks_are_kept()
    {
        var image = SampleImage.Of(Enumerable.Range(0, 10));
        await DieAfterAsync(image, chunks: 10);
        var incoming = Assert.Single(Directory.EnumerateFiles(_folder["store/incoming"]));
        var whole = await File.ReadAllBytesAsync(incoming, Cancel);
        await Seeded.CasesAsync(40, async random =>
        {
            var torn = whole[..random.Next(whole.Length + 1)];
            if (random.Next(2) == 0 && torn.Length > 5000)
            {
                Array.Clear(torn, torn.Length - 4096, 4096); // a page that never reached the disk
            }

            Directory.Delete(_folder["store/packs"], recursive: true);
            await File.WriteAllBytesAsync(incoming, torn, Cancel);
            await using var store = Open(create: true);
            await image.StoreAsync(store, Cancel);
            await image.AssertRestorableAsync(store, Cancel);
            Assert.True((await store.CheckAsync(null, new Meter(), Cancel)).IsClean);
        });
    }

    private FolderImageStore Open(bool create) => FolderImageStore.Open(_folder["store"], create, TimeProvider.System);

    private async Task DieAfterAsync(SampleImage image, int chunks)
    {
        await using var store = Open(create: true);
        await store.BeginCaptureAsync(ImageKind.Image, image.Name, Cancel);
        foreach (var chunk in image.Chunks.Take(chunks))
        {
            await store.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel);
        }
    }
}
