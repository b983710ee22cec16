namespace OsDeploy.Storage.Documents;

/// <summary>
/// One write transaction. SQLite undoes all of it when the disk is full, so every statement is kept: with the room of the reserve the
/// same statements run again, which gives the same result, for nobody else writes. Commit point: COMMIT.
/// </summary>
internal sealed class Transaction
{
    private readonly Connection _connection;
    private readonly Reserve _reserve;
    private readonly List<(string Sql, SqlValue[] Values)> _written = [];
    private bool _isDoomed;

    public Transaction(Connection connection, Reserve reserve)
    {
        (_connection, _reserve) = (connection, reserve);
        _ = WithReserve(() => _connection.Run("begin immediate"), again: () => { });
    }

    /// <summary>What is announced after the commit.</summary>
    public List<DocumentChange> Changes { get; } = [];

    /// <summary>Something in it failed: it can only be rolled back, whoever catches the exception.</summary>
    public void Doom() => _isDoomed = true;

    /// <returns>The number in the first column and row of what the statement returns, or null.</returns>
    public long? Write(string sql, params SqlValue[] values)
    {
        ThrowIfDoomed();
        _isDoomed = true;
        var result = WithReserve(() => _connection.Run(sql, values), again: Repeat);
        _written.Add((sql, values));
        _isDoomed = false;
        return result;
    }

    public void Commit()
    {
        ThrowIfDoomed();
        _ = WithReserve(() => _connection.Run("commit"), again: Repeat);
    }

    /// <summary>Undoes what is not committed, unless SQLite has done so.</summary>
    public void RollBack()
    {
        if (_connection.IsInTransaction)
        {
            _ = _connection.Run("rollback");
        }
    }

    private long? WithReserve(Func<long?> step, Action again)
    {
        try
        {
            return step();
        }
        catch (UserErrorException e) when (SqliteException.IsForWantOfRoom(e))
        {
            if (!_reserve.Release())
            {
                throw;
            }
        }

        again();
        return step();
    }

    private void Repeat()
    {
        RollBack();
        _ = _connection.Run("begin immediate");
        foreach (var (sql, values) in _written)
        {
            _ = _connection.Run(sql, values);
        }
    }

    private void ThrowIfDoomed()
    {
        if (_isDoomed)
        {
            throw new InvalidOperationException("A step of this transaction failed; none of it is written.");
        }
    }
}
