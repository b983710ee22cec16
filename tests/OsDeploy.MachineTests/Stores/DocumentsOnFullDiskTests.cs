using OsDeploy.Storage;
using OsDeploy.Storage.Documents;

namespace OsDeploy.MachineTests.Stores;

/// <summary>On a full disk the reserve lets the little through that must be written, and nothing is lost.</summary>
public sealed class DocumentsOnFullDiskTests
{
    private const int PageSize = 4096;

    private readonly Clock _clock = new();

    public DocumentsOnFullDiskTests() => Root.OrSkip();

    public static TheoryData<string> FileSystems => ["tmpfs", "ext4"];

    [Theory]
    [MemberData(nameof(FileSystems))]
    public async Task Updates_and_deletes_go_through_and_the_reserve_comes_back(string fileSystem)
    {
        await using var under = await TestVolume.InMemoryAsync(80 << 20);
        await using var disk = await VolumeAsync(fileSystem, under);
        using (var store = Open(disk))
        {
            var entries = EntryJson.In(store);
            var last = WriteMany(store, entries, 50);
            FillUp(disk);
            var heard = new List<DocumentChange>();
            store.Changed += (_, change) => heard.Add(change);
            while (!store.IsOnReserve)
            {
                DocumentWorker.Write(store, entries, ++last);
            }

            heard.Clear();
            last = WriteMany(store, entries, 50, last);
            Assert.Equal(150, heard.Count);
            _clock.Pass();
            DocumentWorker.Write(store, entries, ++last);
            Assert.True(store.IsOnReserve); // the room that was given up is not taken back from the writers
            File.Delete(disk["filler"]);
            _clock.Pass();
            DocumentWorker.Write(store, entries, ++last);
            Assert.False(store.IsOnReserve);
            DocumentWorker.AssertHolds(entries, last);
        }

        using var again = Open(disk);
        Assert.Empty(again.Check());
    }

    [Theory]
    [MemberData(nameof(FileSystems))]
    public async Task A_server_starts_on_a_full_disk(string fileSystem)
    {
        await using var under = await TestVolume.InMemoryAsync(80 << 20);
        await using var disk = await VolumeAsync(fileSystem, under);
        int last;
        using (var store = Open(disk))
        {
            last = WriteMany(store, EntryJson.In(store), 50);
        }

        FillUp(disk);
        using var onFull = Open(disk);
        var entries = EntryJson.In(onFull);
        last = WriteMany(onFull, entries, 50, last);
        Assert.True(onFull.IsOnReserve);
        DocumentWorker.AssertHolds(entries, last);
    }

    [Theory]
    [MemberData(nameof(FileSystems))]
    public async Task When_the_reserve_is_used_up_too_it_says_so_and_keeps_what_it_had(string fileSystem)
    {
        await using var under = await TestVolume.InMemoryAsync(80 << 20);
        await using var disk = await VolumeAsync(fileSystem, under);
        var last = 0;
        using (var store = Open(disk))
        {
            var entries = EntryJson.In(store);
            FillUp(disk);
            var error = Assert.Throws<UserErrorException>(() =>
            {
                while (last < 20_000)
                {
                    DocumentWorker.Write(store, entries, last + 1);
                    last++;
                }
            });
            Assert.Equal("disk-full", error.Code);
            Assert.True(store.IsOnReserve);
            Assert.True(last > 100, $"only {last} transactions in {Reserve.Bytes} bytes");
            DocumentWorker.AssertHolds(entries, last);
            Assert.Equal("disk-full", Assert.Throws<UserErrorException>(() => store.BackupTo(disk["backup"])).Code);
            Assert.False(File.Exists(disk["backup"]));
            File.Delete(disk["filler"]);
            last = WriteMany(store, entries, 50, last);
            DocumentWorker.AssertHolds(entries, last);
        }

        using var again = Open(disk);
        DocumentWorker.AssertHolds(EntryJson.In(again), last);
        Assert.Empty(again.Check());
    }

    private static int WriteMany(DocumentStore store, Collection<Entry> entries, int count, int last = 0)
    {
        for (var end = last + count; last < end; last++)
        {
            DocumentWorker.Write(store, entries, last + 1);
        }

        return last;
    }

    private static Task<TestVolume> VolumeAsync(string fileSystem, TestVolume under) => fileSystem == "ext4"
        ? TestVolume.FormatAsync(under["disk.img"], 48 << 20, "mkfs.ext4", "-q", "-m", "0")
        : TestVolume.InMemoryAsync(48 << 20);

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
            Assert.True(StoreSpace.Free(disk.Folder) < PageSize, "it is not full");
        }
    }

    private DocumentStore Open(TestVolume disk) => DocumentStore.Open(disk["data.db"], [], _clock);

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

        public void Pass() => _now += TimeSpan.FromMinutes(2);

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
