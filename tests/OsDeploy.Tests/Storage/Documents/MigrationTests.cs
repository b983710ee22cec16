using System.Text.Json.Nodes;
using OsDeploy.Storage.Documents;
using Xunit;

namespace OsDeploy.Tests.Storage.Documents;

public sealed class MigrationTests : IDisposable
{
    private static readonly Migration s_first = new(1, "Notes have a text.", step => step.Rewrite("note", note => With(note, "text", "from 1")));
    private static readonly Migration s_second = new(2, "Notes were called memos.", step => step.Rename("memo", "note"));
    private static readonly Migration s_third = new(3, "Numbers count from 100; drafts are gone.", step =>
    {
        step.Rewrite("note", note => (int)note["number"]! == 13 ? null : With(note, "number", (int)note["number"]! + 100));
        step.Drop("draft");
        step.Put("other", "new", new JsonObject { ["id"] = "new", ["text"] = "", ["number"] = 0 });
    });

    private readonly TemporaryFolder _folder = new();
    private readonly SetTime _clock = new();

    private string Path => _folder["data.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_old_file_goes_through_what_it_missed()
    {
        Prepare();
        using var store = Open(s_first, s_second, s_third);
        var notes = NoteJson.In(store);
        notes.EnsureIndex("text");
        Assert.Equal([new Stored<Note>(new Note("a", "x", 101), 2), new Stored<Note>(new Note("b", "x", 102), 2)], notes.Where("text", "x"));
        Assert.Equal(2, notes.Count());
        Assert.Equal(0, NoteJson.In(store, "memo").Count());
        Assert.Equal(0, NoteJson.In(store, "draft").Count());
        Assert.Equal(1, NoteJson.In(store, "other").Count());
        Assert.Empty(store.Check());
    }

    [Fact]
    public void Each_runs_once()
    {
        Prepare();
        Open(s_first, s_second, s_third).Dispose();
        using var store = Open(s_first, s_second, s_third);
        Assert.Equal(101, NoteJson.In(store).FindById("a")!.Value.Value.Number);
    }

    [Fact]
    public void A_new_file_goes_through_all()
    {
        using var store = Open(s_first, s_second, s_third);
        Assert.Equal(0, NoteJson.In(store).Count());
        Assert.Equal(1, NoteJson.In(store, "other").Count());
    }

    [Fact]
    public void One_that_fails_leaves_the_file_as_it_was()
    {
        Prepare();
        var failing = s_third with
        {
            Apply = step =>
            {
                s_third.Apply(step);
                throw new TimeoutException();
            },
        };
        Assert.Throws<TimeoutException>(() => Open(s_first, s_second, failing));
        using var store = Open(s_first);
        Assert.Equal([1, 2, 13], NoteJson.In(store, "memo").FindAll().Select(note => note.Value.Number));
        Assert.Equal(1, NoteJson.In(store, "draft").Count());
        Assert.Empty(store.Check());
    }

    [Fact]
    public void A_file_of_a_newer_program_is_refused_and_left_alone()
    {
        Prepare();
        Open(s_first, s_second, s_third).Dispose();
        var bytes = File.ReadAllBytes(Path);
        var error = Assert.Throws<UserErrorException>(() => Open(s_first, s_second));
        Assert.Equal("data-too-new", error.Code);
        Assert.Contains("version 3", error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(Path));
    }

    [Fact]
    public void A_document_that_no_program_wrote_is_damage()
    {
        using (var store = Open())
        {
            _ = store.GetCollection("note", NoteJson.Default.JsonNode, _ => "a").Insert(JsonValue.Create("not an object"));
        }

        Assert.Equal("data-damaged", Assert.Throws<UserErrorException>(() => Open(s_first)).Code);
    }

    [Fact]
    public void Versions_ascend()
    {
        Assert.Throws<ArgumentException>(() => Open(s_second, s_first));
        Assert.Throws<ArgumentException>(() => Open(s_first, s_first));
        Assert.Throws<ArgumentException>(() => Open(s_first with { Version = 0 }));
    }

    private static JsonObject With(JsonObject note, string field, JsonNode value)
    {
        note[field] = value;
        return note;
    }

    private void Prepare()
    {
        using var store = Open(s_first);
        var memos = NoteJson.In(store, "memo");
        memos.EnsureIndex("text");
        memos.Insert(new Note("a", "x", 1));
        memos.Insert(new Note("b", "x", 2));
        memos.Insert(new Note("c", "x", 13));
        NoteJson.In(store, "draft").Insert(new Note("d", ""));
    }

    private DocumentStore Open(params IReadOnlyList<Migration> migrations) => DocumentStore.Open(Path, migrations, _clock);
}
