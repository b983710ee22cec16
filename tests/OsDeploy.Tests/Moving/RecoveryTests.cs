using OsDeploy.Server.Accounts;
using OsDeploy.Server.Hosting;
using OsDeploy.Storage.Documents;
using Xunit;

namespace OsDeploy.Tests.Moving;

/// <summary>Documents that cannot be opened, and the nightly copies beside them.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Documents => _folder["documents.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_newest_copy_that_is_whole_takes_the_place_of_damaged_documents()
    {
        Directory.CreateDirectory(_folder["backups"]);
        Keep("first", _folder["backups/documents-20261101.db"]);
        Keep("second", _folder["backups/documents-20261102.db"]);
        File.WriteAllText(_folder["backups/documents-20261103.db"], "damaged as well");
        File.WriteAllText(Documents, "damaged");
        Assert.Equal("data-damaged", Assert.Throws<UserErrorException>(() => Open().Dispose()).Code);
        File.WriteAllText(Documents + "-wal", "of the damaged one"); // what SQLite has looked at it may take away

        var (copy, aside) = Recovery.Run(_folder.Path, TimeProvider.System);

        Assert.Equal(_folder["backups/documents-20261102.db"], copy);
        using var store = Open();
        Assert.Equal(["first", "second"], Checks(store).FindAll().Select(one => one.Value.Id));
        Assert.Equal("damaged", File.ReadAllText(Path.Combine(aside, "documents.db")));
        Assert.Equal("of the damaged one", File.ReadAllText(Path.Combine(aside, "documents.db-wal")));
        Assert.Empty(Directory.GetFiles(_folder.Path, "recovering*"));
    }

    [Fact]
    public void Without_a_copy_nothing_is_touched()
    {
        File.WriteAllText(Documents, "damaged");

        Assert.Equal("recovery-none", Assert.Throws<UserErrorException>(() => Recovery.Run(_folder.Path, TimeProvider.System)).Code);

        Assert.Equal("damaged", File.ReadAllText(Documents));
    }

    private static Collection<SecretCheck> Checks(DocumentStore store) => store.GetCollection("secret_check", AccountJson.Default.SecretCheck, check => check.Id);

    private DocumentStore Open() => DocumentStore.Open(Documents, [], TimeProvider.System);

    private void Keep(string id, string copy)
    {
        using var store = Open();
        Checks(store).Insert(new SecretCheck(id, "text"));
        store.BackupTo(copy);
    }
}
