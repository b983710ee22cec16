using OsDeploy.Storage.Documents;
using Xunit;

namespace OsDeploy.Tests.Storage.Documents;

public sealed class DocumentBackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SetTime _clock = new();
    private readonly DocumentStore _store;
    private readonly Collection<Note> _notes;

    public DocumentBackupTests()
    {
        _store = Open("data.db");
        _notes = NoteJson.In(_store);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Made_while_others_write_it_holds_whole_transactions_and_all_that_were_done()
    {
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writer = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    _store.Transact(() =>
                    {
                        var number = written + 1;
                        _notes.Upsert(new Note("first", new string('x', number % 3000), number));
                        _notes.Insert(new Note($"n{number}", new string('y', 500), number));
                        _notes.Upsert(new Note("last", "", number));
                    });
                    Volatile.Write(ref written, written + 1);
                }
            },
            TestContext.Current.CancellationToken);
        for (var backups = 0; (backups < 10 || Volatile.Read(ref written) < 50) && !writer.IsCompleted; backups++)
        {
            var before = Volatile.Read(ref written);
            _store.BackupTo(_folder["backup"]);
            AssertWhole("backup", before);
        }

        await stop.CancelAsync();
        await writer;
        _store.BackupTo(_folder["backup"]);
        AssertWhole("backup", written);
    }

    [Fact]
    public void It_replaces_the_one_before_and_leaves_nothing_else()
    {
        _store.BackupTo(_folder["backup"]);
        _notes.Insert(new Note("a", "new"));
        File.WriteAllText(_folder["backup.1f-12345678.tmp"], "of a killed process");
        _store.BackupTo(_folder["backup"]);
        Assert.Equal(["backup"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Where(name => !name!.StartsWith("data.db", StringComparison.Ordinal)));
        using var copy = Open("backup");
        Assert.Equal("new", NoteJson.In(copy).FindById("a")!.Value.Value.Text);
    }

    [Fact]
    public void It_never_replaces_the_store_itself()
    {
        Assert.ThrowsAny<ArgumentException>(() => _store.BackupTo(_folder["./data.db"]));
        Assert.Equal("data-not-opened", Assert.Throws<UserErrorException>(() => _store.BackupTo(_folder["no/backup"])).Code);
    }

    private void AssertWhole(string name, int atLeast)
    {
        using var copy = Open(name);
        var notes = NoteJson.In(copy);
        var number = notes.FindById("last")?.Value.Number ?? 0;
        Assert.True(number >= atLeast, $"{number} in the backup, {atLeast} written before");
        Assert.Equal(number, notes.FindById("first")?.Value.Number ?? 0);
        Assert.Equal(number == 0 ? 0 : number + 2, notes.Count());
        Assert.Empty(copy.Check());
    }

    private DocumentStore Open(string name) => DocumentStore.Open(_folder[name], [], _clock);
}
