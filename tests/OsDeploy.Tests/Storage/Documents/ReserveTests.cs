using OsDeploy.Storage.Documents;
using Xunit;

namespace OsDeploy.Tests.Storage.Documents;

public sealed class ReserveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SetTime _clock = new();

    private string Path => _folder["data.db.reserve"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_made_with_the_store_and_there_the_next_time()
    {
        Open().Dispose();
        Assert.Equal(Reserve.Bytes, new FileInfo(Path).Length);
        var made = File.GetLastWriteTimeUtc(Path);
        using var store = Open();
        Assert.False(store.IsOnReserve);
        Assert.Equal(made, File.GetLastWriteTimeUtc(Path));
    }

    [Fact]
    public void It_takes_room_that_a_file_system_cannot_save()
    {
        Open().Dispose();
        Assert.DoesNotContain((byte)0, File.ReadAllBytes(Path).Chunk(4096).Where(page => page.All(value => value == 0)).Select(page => page[0]));
    }

    [Fact]
    public void It_is_given_up_once_and_made_again_a_minute_later()
    {
        var reserve = new Reserve(Path, _clock);
        Assert.False(reserve.Release());
        reserve.RemakeIfRoom();
        Assert.False(reserve.IsReleased);
        Assert.True(reserve.Release());
        Assert.False(reserve.Release());
        Assert.False(File.Exists(Path));
        _clock.Pass(TimeSpan.FromSeconds(59));
        reserve.RemakeIfRoom();
        Assert.True(reserve.IsReleased);
        _clock.Pass(TimeSpan.FromSeconds(1));
        reserve.RemakeIfRoom();
        Assert.False(reserve.IsReleased);
    }

    [Fact]
    public void One_that_was_cut_short_is_made_again()
    {
        Open().Dispose();
        File.WriteAllText(Path, "short");
        using var store = Open();
        Assert.False(store.IsOnReserve);
        Assert.Equal(Reserve.Bytes, new FileInfo(Path).Length);
    }

    [Fact]
    public void A_transaction_without_room_is_undone_with_or_without_the_reserve()
    {
        // SQLite's own limit stands for a disk that stays full after the reserve is given up.
        File.WriteAllBytes(_folder["small.db"], []);
        using var connection = Connection.Open(_folder["small.db"], isReadOnly: false);
        connection.Run("create table note (id text primary key, json text)");
        connection.Run("pragma max_page_count=5");
        var reserve = new Reserve(Path, _clock);
        reserve.RemakeIfRoom();
        var transaction = new Transaction(connection, reserve);
        transaction.Write("insert into note values (?1, ?2)", "a", "small");
        var error = Assert.Throws<UserErrorException>(() => transaction.Write("insert into note values (?1, ?2)", "b", new string('x', 50000)));
        Assert.Equal("disk-full", error.Code);
        Assert.True(reserve.IsReleased);
        Assert.Throws<InvalidOperationException>(transaction.Commit);
        transaction.RollBack();
        Assert.Equal(0, connection.Run("select count(*) from note"));
    }

    private DocumentStore Open() => DocumentStore.Open(_folder["data.db"], [], _clock);
}
