using System.Text;

namespace OsDeploy.Storage.Documents;

/// <summary>A prepared statement, and the row it stands on. Columns count from 0, parameters from 1.</summary>
internal sealed class Statement(Connection connection, SqliteStatementHandle handle) : IDisposable
{
    public unsafe void Bind(params ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Text is not { } text)
            {
                connection.ThrowIfFailed(Sqlite.sqlite3_bind_int64(handle, i + 1, values[i].Number));
                continue;
            }

            // A null pointer would bind NULL, and an empty array is pinned at one.
            var nothing = default(byte);
            fixed (byte* bytes = text)
            {
                connection.ThrowIfFailed(Sqlite.sqlite3_bind_text(handle, i + 1, bytes is null ? &nothing : bytes, text.Length, Sqlite.Transient));
            }
        }
    }

    /// <returns>False behind the last row.</returns>
    public bool Step()
    {
        var code = Sqlite.sqlite3_step(handle);
        if (code is Sqlite.Row or Sqlite.Done)
        {
            return code == Sqlite.Row;
        }

        throw connection.ErrorOf(code);
    }

    public long Number(int column) => Sqlite.sqlite3_column_int64(handle, column);

    /// <returns>UTF-8, until the next step.</returns>
    public unsafe ReadOnlySpan<byte> Utf8(int column)
    {
        var bytes = Sqlite.sqlite3_column_blob(handle, column);
        return new ReadOnlySpan<byte>(bytes, Sqlite.sqlite3_column_bytes(handle, column));
    }

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    /// <summary>Ends what it was doing; it can then be used anew. What went wrong was said by <see cref="Step"/>.</summary>
    public void Reset()
    {
        _ = Sqlite.sqlite3_reset(handle);
        _ = Sqlite.sqlite3_clear_bindings(handle);
    }

    public void Dispose() => handle.Dispose();
}
