using Mono.Unix.Native;
using OsDeploy.Storage.Documents;
using Xunit;

namespace OsDeploy.Tests.Storage.Documents;

public sealed class DocumentStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SetTime _clock = new();
    private readonly DocumentStore _store;
    private readonly Collection<Note> _notes;

    public DocumentStoreTests()
    {
        _store = Open();
        _notes = NoteJson.In(_store);
    }

    private string Path => _folder["data.db"];

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Only_the_owner_reads_the_file_and_its_log()
    {
        _notes.Insert(new Note("a", "secret"));
        _store.BackupTo(_folder["backup"]);
        Assert.All(
            new[] { Path, Path + "-wal", Path + "-shm", _folder["backup"] },
            path => Assert.Equal(0, Syscall.stat(path, out var stat) | (int)(stat.st_mode & (FilePermissions.S_IRWXG | FilePermissions.S_IRWXO))));
        Assert.True(_store.SizeBytes > 4096);
    }

    [Fact]
    public void A_second_program_is_refused_and_the_next_one_is_not()
    {
        Assert.Equal("data-in-use", Assert.Throws<UserErrorException>(Open).Code);
        _store.Dispose();
        Open().Dispose();
    }

    [Fact]
    public void After_it_is_closed_it_says_so()
    {
        _store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _notes.FindAll());
        Assert.Throws<ObjectDisposedException>(() => _notes.Insert(new Note("a", "")));
    }

    [Fact]
    public void A_folder_that_is_gone_is_a_user_error() => Assert.Equal(
        "data-not-opened", Assert.Throws<UserErrorException>(() => DocumentStore.Open(_folder["no/data.db"], [], _clock)).Code);

    [Fact]
    public void Many_threads_lose_no_change_and_hear_each_in_order()
    {
        const int Threads = 8;
        const int Each = 50;
        var heard = new List<DocumentChange>();
        _store.Changed += (_, change) => heard.Add(change);
        _notes.Insert(new Note("sum", ""));
        RunInThreads(Threads, thread =>
        {
            for (var i = 0; i < Each; i++)
            {
                _store.Transact(() =>
                {
                    var sum = _notes.FindById("sum")!.Value;
                    _notes.Update(sum.Value with { Number = sum.Value.Number + 1 }, sum.Rev);
                    _notes.Upsert(new Note($"thread {thread}", "", i));
                });
            }
        });
        Assert.Equal(Threads * Each, _notes.FindById("sum")!.Value.Value.Number);
        Assert.Equal(Enumerable.Range(1, (Threads * Each) + 1), heard.Where(change => change.Id == "sum").Select(change => (int)change.Rev));
        Assert.Equal(1 + (2 * Threads * Each), heard.Count);
    }

    [Fact]
    public void Of_two_who_change_the_same_rev_one_is_told()
    {
        var read = _notes.Insert(new Note("a", ""));
        var (done, told) = (0, 0);
        RunInThreads(4, thread =>
        {
            try
            {
                _notes.Update(read.Value with { Number = thread }, read.Rev);
                Interlocked.Increment(ref done);
            }
            catch (DocumentConflictException e) when (e is { Expected: 1, Actual: 2 })
            {
                Interlocked.Increment(ref told);
            }
        });
        Assert.Equal((1, 3), (done, told));
    }

    [Fact]
    public void Who_hears_of_a_change_sees_it_and_may_write()
    {
        var heard = new List<string>();
        _store.Changed += (_, change) =>
        {
            heard.Add($"{change.Collection}/{change.Id} {change.Rev}");
            if (change.Id.Length < 3)
            {
                _notes.Insert(new Note(change.Id + "+", _notes.FindById(change.Id)!.Value.Value.Text));
            }
        };
        _store.Transact(() =>
        {
            _notes.Insert(new Note("a", "one"));
            _notes.Insert(new Note("b", "two"));
            Assert.Empty(heard);
        });
        Assert.Equal(["note/a 1", "note/b 1", "note/a+ 1", "note/b+ 1", "note/a++ 1", "note/b++ 1"], heard);
        Assert.Equal("two", _notes.FindById("b++")!.Value.Value.Text);
    }

    [Fact]
    public void A_failed_inner_transaction_undoes_the_outer_one_whoever_catches()
    {
        Assert.Throws<InvalidOperationException>(() => _store.Transact(() =>
        {
            _notes.Insert(new Note("a", ""));
            Assert.Throws<TimeoutException>(() => _store.Transact(() => throw new TimeoutException()));
        }));
        Assert.Equal(0, _notes.Count());
    }

    [Fact]
    public void A_conflict_that_is_caught_leaves_the_transaction_whole()
    {
        _notes.Insert(new Note("a", "old"));
        _store.Transact(() =>
        {
            _notes.Insert(new Note("b", ""));
            Assert.Throws<DocumentConflictException>(() => _notes.Insert(new Note("a", "new")));
        });
        Assert.Equal(["a", "b"], _notes.FindAll().Select(note => note.Value.Id));
    }

    [Fact]
    public void A_lookup_uses_its_index()
    {
        var sql = "explain query plan " + Sql.SelectWhere("note", "text");
        Assert.Contains("SCAN", Plan(sql), StringComparison.Ordinal);
        _notes.EnsureIndex("text");
        _notes.EnsureIndex("text");
        Assert.Contains("USING INDEX index:note:text", Plan(sql), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("te'xt")]
    [InlineData("text\"")]
    [InlineData("text') --")]
    [InlineData("a.b")]
    [InlineData("text\n")]
    [InlineData("")]
    [InlineData("ä")]
    public void A_field_is_a_plain_name(string field)
    {
        Assert.Throws<ArgumentException>(() => _notes.EnsureIndex(field));
        Assert.Throws<ArgumentException>(() => _notes.Where(field, "x"));
    }

    [Theory]
    [InlineData("Note")]
    [InlineData("sqlite_note")]
    [InlineData("note; drop table note")]
    [InlineData("")]
    public void A_collection_has_a_plain_name(string name) => Assert.Throws<ArgumentException>(() => NoteJson.In(_store, name));

    [Theory]
    [InlineData("select")]
    [InlineData("table")]
    [InlineData("_")]
    public void A_word_of_SQL_can_be_a_name(string name)
    {
        var words = NoteJson.In(_store, name);
        words.EnsureIndex("text");
        words.EnsureIndex("0");
        words.Insert(new Note("a", "b"));
        Assert.Single(words.Where("text", "b"));
        Assert.Empty(words.Where("0", "b"));
    }

    [Fact]
    public void Only_the_whole_string_matches_and_no_other_kind_of_value()
    {
        _notes.EnsureIndex("text");
        _notes.EnsureIndex("number");
        _notes.Insert(new Note("a", "x\0y", 42));
        Assert.Empty(_notes.Where("text", "x"));
        Assert.Single(_notes.Where("text", "x\0y"));
        Assert.Empty(_notes.Where("number", "42"));
        Assert.Empty(_notes.Where("absent", "x"));
    }

    [Fact]
    public void An_id_that_is_no_text_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => _notes.Insert(new Note("", "")));
        Assert.ThrowsAny<ArgumentException>(() => _notes.Insert(new Note("a\uD800", "")));
        Assert.Equal(0, _notes.Count());
    }

    [Fact]
    public void Collections_are_not_made_in_a_transaction() =>
        Assert.Throws<InvalidOperationException>(() => _store.Transact(() => NoteJson.In(_store, "other")));

    private static void RunInThreads(int count, Action<int> work)
    {
        using var start = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(number => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                work(number);
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(threads, TestContext.Current.CancellationToken);
    }

    private string Plan(string sql)
    {
        using var connection = Connection.Open(Path, isReadOnly: true);
        return string.Join('\n', connection.Query(sql, row => row.Text(3), "x"));
    }

    private DocumentStore Open() => DocumentStore.Open(Path, [], _clock);
}
