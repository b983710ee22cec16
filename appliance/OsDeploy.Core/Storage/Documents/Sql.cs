using System.Text.RegularExpressions;

namespace OsDeploy.Storage.Documents;

/// <summary>
/// Statements with names in them. A name cannot be bound, so only here, checked, does one become part of a statement.
/// </summary>
internal static partial class Sql
{
    /// <summary>Names of all collections.</summary>
    public const string SelectCollections = "select name from sqlite_schema where type = 'table' and name not like 'sqlite~_%' escape '~' order by name";

    /// <summary>What the file says it is made of, for <see cref="IsOurs"/>.</summary>
    public const string SelectSchema = "select name, sql from sqlite_schema where name not like 'sqlite~_%' escape '~'";

    public static string CreateCollection(string name) => "create table if not exists " + Table(Collection(name));

    public static string CreateIndex(string collection, string field) => "create index if not exists " + Index(Collection(collection), Field(field));

    /// <summary>Whether SQLite would have kept this sentence for a collection or index of that name.</summary>
    public static bool IsOurs(string name, string sql) => name.Split(':') switch
    {
        ["index", var collection, var field] => sql == "CREATE INDEX " + Index(collection, field),
        _ => sql == "CREATE TABLE " + Table(name),
    };

    public static string MeasureCollection(string name) => $"select count(*), coalesce(sum(length(cast(json as blob))), 0) from \"{Collection(name)}\"";

    public static string SelectWhere(string collection, string field) =>
        $"select rev, json from \"{Collection(collection)}\" where {FieldExpression(Field(field))} = ?1 order by id";

    /// <exception cref="ArgumentException">Not a name of a collection.</exception>
    public static string Collection(string name) => CollectionName().IsMatch(name) && !name.StartsWith("sqlite_", StringComparison.Ordinal)
        ? name
        : throw new ArgumentException("The name of a collection is of a-z and _.", nameof(name));

    // Without json_valid a damaged byte could go unseen until somebody reads the document.
    private static string Table(string name) =>
        $"\"{name}\" (id text primary key, rev integer not null, json text not null check (json_valid(json))) without rowid";

    // The colons keep the names of indexes apart from those of collections.
    private static string Index(string collection, string field) =>
        $"\"index:{collection}:{field}\" on \"{collection}\" ({FieldExpression(field)})";

    private static string Field(string name) => FieldName().IsMatch(name)
        ? name
        : throw new ArgumentException("The name of a field is of A-Z, a-z, 0-9 and _.", nameof(name));

    // An index and a query must say it in the same words, or SQLite does not use the index.
    private static string FieldExpression(string field) => $"json->>'$.{field}'";

    [GeneratedRegex(@"\A[a-z_]+\z")]
    private static partial Regex CollectionName();

    [GeneratedRegex(@"\A[A-Za-z0-9_]+\z")]
    private static partial Regex FieldName();
}
