using System.Reflection;
using OsDeploy.Storage.Documents;
using Xunit;

namespace OsDeploy.Tests.Storage.Documents;

/// <summary>A damaged file is refused or found out; nobody gets a document that was never written.</summary>
public sealed class DocumentDamageTests : IDisposable
{
    private const int Documents = 200;

    private readonly TemporaryFolder _folder = new();
    private readonly SetTime _clock = new();

    private string Path => _folder["data.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_no_database_is_refused()
    {
        foreach (var content in new[] { "", "not a database", new string('x', 10000) })
        {
            File.WriteAllText(Path, content);
            var error = Assert.Throws<UserErrorException>(Open);
            Assert.Equal("data-damaged", error.Code);
            Assert.Contains("backup", error.Hint, StringComparison.Ordinal);
            Assert.Equal(content, File.ReadAllText(Path));
        }
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        File.WriteAllBytes(Path, []);
        using (var connection = Connection.Open(Path, isReadOnly: false))
        {
            connection.Run("create table moz_places (id integer primary key)");
        }

        Assert.Equal("data-damaged", Assert.Throws<UserErrorException>(Open).Code);
    }

    [Fact]
    public void A_log_without_its_file_is_refused()
    {
        File.WriteAllText(Path + "-wal", "x");
        Assert.Equal("data-damaged", Assert.Throws<UserErrorException>(Open).Code);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void What_a_killed_process_left_is_removed()
    {
        File.WriteAllText(Path + ".1f-12345678.tmp", "x");
        File.WriteAllText(Path + ".1f-12345678.tmp-journal", "x");
        File.WriteAllText(Path + ".reserve.1f-12345678.tmp", "x");
        File.WriteAllText(_folder["other.tmp"], "x");
        Open().Dispose();
        Assert.Equal(["data.db", "data.db.lock", "data.db.reserve", "other.tmp"], Directory.EnumerateFiles(_folder.Path).Select(System.IO.Path.GetFileName).Order());
    }

    [Fact]
    public void Flipped_and_lost_bytes_are_refused_or_reported_and_never_crash()
    {
        Fill();
        var good = File.ReadAllBytes(Path);
        var (refused, reported, harmless) = (0, 0, 0);
        Seeded.Cases(150, random =>
        {
            File.WriteAllBytes(Path, Mutation.Of(good, random));
            try
            {
                using var store = Open();
                var faults = store.Check();
                ReadAndWrite(store);
                _ = faults.Count > 0 ? reported++ : harmless++;
            }
            catch (UserErrorException e)
            {
                Assert.Contains(e.Code, new[] { "data-damaged", "data-too-new" });
                refused++;
            }
        });
        Assert.True(refused > 50, $"{refused} refused, {reported} reported, {harmless} harmless: the damage does not meet what matters");
    }

    [Fact]
    public void A_document_that_cannot_be_read_is_damage_and_the_others_can()
    {
        Fill();
        using (var connection = Connection.Open(Path, isReadOnly: false))
        {
            connection.Run("""update note set json = '{"id":"n7"}' where id = 'n7'""");
            connection.Run("""update note set json = '{"text":8}' where id = 'n8'""");
        }

        using var store = Open();
        var notes = NoteJson.In(store);
        Assert.Equal("data-damaged", Assert.Throws<UserErrorException>(() => notes.FindById("n8")).Code);
        Assert.Equal("text 9", notes.FindById("n9")!.Value.Value.Text);
    }

    [Fact]
    public void Json_that_is_damaged_is_found_by_the_check_and_by_the_next_start()
    {
        Fill();
        using (var store = Open())
        {
            using var connection = Connection.Open(Path, isReadOnly: false);
            connection.Run("pragma ignore_check_constraints=on");
            connection.Run("drop index \"index:note:text\"");
            connection.Run("update note set json = ?1 where id = 'n7'", """{"id":""");
            connection.Run("update note set json = ?1 where id = 'n8'", (byte[])[.. "{\"id\":\""u8, 0xFF, .. "\"}"u8]);
            connection.Run("update note set json = ?1 where id = 'n9'", "null");
            var faults = store.Check();
            Assert.Contains("The document note/n7 is not JSON.", faults);
            Assert.Contains("The document note/n8 is not JSON.", faults);
            Assert.DoesNotContain(faults, fault => fault.Contains("n9", StringComparison.Ordinal));
            var notes = NoteJson.In(store);
            Assert.All(new[] { "n7", "n8", "n9" }, id => Assert.Equal("data-damaged", Assert.Throws<UserErrorException>(() => notes.FindById(id)).Code));
            Assert.Equal("data-damaged", Assert.Throws<UserErrorException>(() => notes.Where("text", "text 5")).Code);
        }

        Assert.Equal("data-damaged", Assert.Throws<UserErrorException>(Open).Code);
    }

    [Fact]
    public void Every_error_has_its_own_code_one_sentence_and_a_hint()
    {
        var errors = typeof(DataErrors).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(factory => (UserErrorException)factory.Invoke(null, [.. factory.GetParameters().Select(SampleFor)])!)
            .ToList();
        Assert.NotEmpty(errors);
        Assert.Equal(errors.Count, errors.Select(error => error.Code).Distinct().Count());
        Assert.All(errors, error =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)+$", error.Code);
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", error.Hint, StringComparison.Ordinal);
        });
    }

    private static object? SampleFor(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "something",
        var type when type == typeof(long) => 4L,
        var type when type == typeof(int) => 3,
        _ => null,
    };

    private static void ReadAndWrite(DocumentStore store)
    {
        var notes = NoteJson.In(store);
        _ = notes.FindAll();
        _ = notes.Where("text", "text 5");
        notes.Upsert(new Note("n5", "new"));
        notes.Insert(new Note("new", new string('x', 5000)));
        _ = notes.Delete("n6");
    }

    private void Fill()
    {
        using var store = Open();
        var notes = NoteJson.In(store);
        notes.EnsureIndex("text");
        store.Transact(() =>
        {
            for (var i = 0; i < Documents; i++)
            {
                notes.Insert(new Note($"n{i}", $"text {i}", i));
            }
        });
    }

    private DocumentStore Open() => DocumentStore.Open(Path, [], _clock);
}
