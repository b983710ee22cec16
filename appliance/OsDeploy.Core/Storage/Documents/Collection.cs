using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OsDeploy.Storage.Documents;

/// <summary>
/// The documents of one kind, each a JSON object under an id. Ids are ordered by their UTF-8 bytes. Safe for many threads.
/// </summary>
/// <remarks>Every call may throw <c>data-damaged</c>, and one that writes <c>disk-full</c>, <c>disk-write-failed</c>, <c>write-denied</c>.</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "The word of document stores; it is no collection in memory.")]
public sealed class Collection<T>
    where T : class
{
    private readonly Database _database;
    private readonly string _path;
    private readonly JsonTypeInfo<T> _type;
    private readonly Func<T, string> _idOf;

    internal Collection(Database database, string path, string name, JsonTypeInfo<T> type, Func<T, string> idOf)
    {
        (_database, _path, Name, _type, _idOf) = (database, path, name, type, idOf);
        database.Define(Sql.CreateCollection(name));
    }

    public string Name { get; }

    /// <summary>Makes <see cref="Where"/> quick for a field.</summary>
    /// <param name="field">As in the JSON: A-Z, a-z, 0-9 and _.</param>
    /// <exception cref="ArgumentException">The name has other characters.</exception>
    public void EnsureIndex(string field) => _database.Define(Sql.CreateIndex(Name, field));

    public Stored<T>? FindById(string id) => Read($"select rev, json from \"{Name}\" where id = ?1", id) is [var found] ? found : null;

    public IReadOnlyList<Stored<T>> FindAll() => Read($"select rev, json from \"{Name}\" order by id");

    /// <summary>The documents whose <paramref name="field"/> is exactly the string <paramref name="value"/>, by id. Other kinds of JSON values never match.</summary>
    /// <exception cref="ArgumentException">The name of the field has other characters than A-Z, a-z, 0-9 and _.</exception>
    public IReadOnlyList<Stored<T>> Where(string field, string value)
    {
        // SQLite ends the text of a JSON string at a NUL, so such a value finds nothing by index, and each document found is looked at.
        var byIndex = Sql.SelectWhere(Name, field);
        var found = value.Contains('\0', StringComparison.Ordinal)
            ? _database.Query($"select rev, json from \"{Name}\" order by id", ReadIfEqual)
            : _database.Query(byIndex, ReadIfEqual, value);
        return [.. found.OfType<Stored<T>>()];

        Stored<T>? ReadIfEqual(Statement row) => DocumentJson.HasString(row.Utf8(1), field, value) ? Read(row) : null;
    }

    /// <param name="afterId">The last id of the page before, or null for the first page.</param>
    /// <param name="count">At most so many; at least 1.</param>
    public IReadOnlyList<Stored<T>> Page(string? afterId, int count, bool descending)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var (order, sign) = descending ? ("desc", "<") : ("asc", ">");
        return afterId is null
            ? Read($"select rev, json from \"{Name}\" order by id {order} limit ?1", count)
            : Read($"select rev, json from \"{Name}\" where id {sign} ?1 order by id {order} limit ?2", afterId, count);
    }

    public int Count() => checked((int)_database.Query($"select count(*) from \"{Name}\"", row => row.Number(0))[0]);

    /// <exception cref="DocumentConflictException">There is a document with its id.</exception>
    /// <exception cref="ArgumentException">Its id is empty or not Unicode.</exception>
    public Stored<T> Insert(T value) => Write(
        value, expected: null, $"insert into \"{Name}\" (id, rev, json) values (?1, 1, ?2) on conflict (id) do nothing returning rev");

    /// <exception cref="DocumentConflictException">It has another rev, or is gone.</exception>
    public Stored<T> Update(T value, long expectedRev) => Write(
        value, expectedRev, $"update \"{Name}\" set rev = rev + 1, json = ?2 where id = ?1 and rev = ?3 returning rev", expectedRev);

    public Stored<T> Upsert(T value) => Write(
        value, expected: null, $"insert into \"{Name}\" (id, rev, json) values (?1, 1, ?2) on conflict (id) do update set rev = rev + 1, json = ?2 returning rev");

    /// <returns>False if there is none.</returns>
    /// <exception cref="DocumentConflictException">It has another rev.</exception>
    public bool Delete(string id, long? expectedRev = null)
    {
        var outcome = expectedRev is { } rev
            ? Change(id, isDelete: true, $"delete from \"{Name}\" where id = ?1 and rev = ?2 returning rev", id, rev)
            : Change(id, isDelete: true, $"delete from \"{Name}\" where id = ?1 returning rev", id);
        return outcome switch
        {
            { Rev: not null } => true,
            { Actual: null } => false,
            _ => throw new DocumentConflictException(Name, id, expectedRev, outcome.Actual),
        };
    }

    private Stored<T> Write(T value, long? expected, string sql, params ReadOnlySpan<SqlValue> more)
    {
        var id = _idOf(value);
        ArgumentException.ThrowIfNullOrEmpty(id);
        var outcome = Change(id, isDelete: false, sql, [id, JsonSerializer.SerializeToUtf8Bytes(value, _type), .. more]);
        return outcome.Rev is { } rev ? new Stored<T>(value, rev) : throw new DocumentConflictException(Name, id, expected, outcome.Actual);
    }

    // A conflict is told to the caller outside of the transaction: who catches it may go on with the transaction around this call.
    private Outcome Change(string id, bool isDelete, string sql, params SqlValue[] values) => _database.Transact(transaction =>
    {
        if (transaction.Write(sql, values) is { } rev)
        {
            transaction.Changes.Add(new DocumentChange(Name, id, rev, isDelete));
            return new Outcome(rev, rev);
        }

        return new Outcome(Rev: null, _database.Query($"select rev from \"{Name}\" where id = ?1", row => (long?)row.Number(0), id).FirstOrDefault());
    });

    private List<Stored<T>> Read(string sql, params ReadOnlySpan<SqlValue> values) => _database.Query(sql, Read, values);

    private Stored<T> Read(Statement row)
    {
        try
        {
            var value = JsonSerializer.Deserialize(row.Utf8(1), _type) ?? throw new JsonException("It is null.");
            return new Stored<T>(value, row.Number(0));
        }
        catch (JsonException e)
        {
            throw DataErrors.Damaged(_path, $"a document of {Name} is not what it should be ({e.Message})", e);
        }
    }

    /// <param name="Rev">Of the document that was changed, or null.</param>
    /// <param name="Actual">What the document has, or null.</param>
    private readonly record struct Outcome(long? Rev, long? Actual);
}
