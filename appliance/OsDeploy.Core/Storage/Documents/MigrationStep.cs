using System.Text.Json;
using System.Text.Json.Nodes;

namespace OsDeploy.Storage.Documents;

/// <summary>What a migration can do. A collection that is not there is an empty one: a new file goes through all migrations.</summary>
public sealed class MigrationStep
{
    private readonly Database _database;
    private readonly Transaction _transaction;
    private readonly string _path;

    internal MigrationStep(Database database, Transaction transaction, string path) =>
        (_database, _transaction, _path) = (database, transaction, path);

    /// <returns>The documents of a collection under their ids.</returns>
    public IReadOnlyList<KeyValuePair<string, JsonObject>> Read(string collection) => Exists(collection)
        ? _database.Query($"select id, json from \"{collection}\" order by id", row => KeyValuePair.Create(row.Text(0), Parse(collection, row)))
        : [];

    /// <summary>Writes a document, new or not. Its rev counts on.</summary>
    /// <param name="id">What the program will say is the id of the document.</param>
    public void Put(string collection, string id, JsonObject document)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        _ = _transaction.Write(Sql.CreateCollection(collection));
        _ = _transaction.Write(
            $"insert into \"{collection}\" (id, rev, json) values (?1, 1, ?2) on conflict (id) do update set rev = rev + 1, json = ?2",
            id, DocumentJson.Utf8Of(document));
    }

    public void Delete(string collection, string id)
    {
        if (Exists(collection))
        {
            _ = _transaction.Write($"delete from \"{collection}\" where id = ?1", id);
        }
    }

    /// <summary>Every document becomes what <paramref name="rewrite"/> makes of it; null deletes it.</summary>
    public void Rewrite(string collection, Func<JsonObject, JsonObject?> rewrite)
    {
        foreach (var (id, document) in Read(collection))
        {
            if (rewrite(document) is { } written)
            {
                Put(collection, id, written);
            }
            else
            {
                Delete(collection, id);
            }
        }
    }

    /// <summary>Gives a collection another name. Its indexes go, for they have its name; the program ensures those it wants.</summary>
    public void Rename(string collection, string name)
    {
        if (!Exists(collection))
        {
            return;
        }

        foreach (var index in Names("select name from sqlite_schema where type = 'index' and tbl_name = ?1 and sql is not null", collection))
        {
            _ = _transaction.Write($"drop index \"{index}\"");
        }

        _ = _transaction.Write($"alter table \"{collection}\" rename to \"{Sql.Collection(name)}\"");
    }

    public void Drop(string collection) => _transaction.Write($"drop table if exists \"{Sql.Collection(collection)}\"");

    private bool Exists(string collection) =>
        Names("select name from sqlite_schema where type = 'table' and name = ?1", Sql.Collection(collection)).Count > 0;

    private List<string> Names(string sql, string of) => _database.Query(sql, row => row.Text(0), of);

    private JsonObject Parse(string collection, Statement row)
    {
        try
        {
            return DocumentJson.Parse(row.Utf8(1));
        }
        catch (JsonException e)
        {
            throw DataErrors.Damaged(_path, $"a document of {collection} is not what it should be ({e.Message})", e);
        }
    }
}
