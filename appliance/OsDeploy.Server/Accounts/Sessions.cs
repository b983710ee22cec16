using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// Who is logged in. Kept in memory and, so that a restart of the server does not throw everyone out, in documents, which are written
/// at login and logout and at most once a minute while a session is used.
/// </summary>
/// <remarks>Safe for many threads. Never holds its own lock while it writes: a listener of the store may ask about sessions.</remarks>
internal sealed class Sessions
{
    public const int Most = 1000;
    public const int MostOfOne = 20;

    private readonly Lock _gate = new();
    private readonly DocumentStore _store;
    private readonly TimeProvider _clock;
    private readonly Collection<SessionRecord> _records;
    private readonly Dictionary<string, Session> _live;

    public Sessions(DocumentStore store, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
        _records = store.GetCollection("session", AccountJson.Default.SessionRecord, record => record.Hash);
        _live = _records.FindAll().ToDictionary(
            record => record.Value.Hash, record => new Session(record.Value, clock.GetTimestamp()), StringComparer.Ordinal);
    }

    /// <summary>Begins a session. When there are too many, those that were not used the longest end.</summary>
    /// <param name="login">Part of the same transaction: gives the account, or throws.</param>
    /// <returns>The token; it can never be read again.</returns>
    public (string Token, OperatorRecord Account) Begin(Func<OperatorRecord> login)
    {
        var token = BearerToken.Draw(BearerToken.SessionPrefix);
        var (account, record) = _store.Transact(() =>
        {
            var account = login();
            var record = new SessionRecord(BearerToken.HashOf(token), account.Name, account.Stamp, Session.MaxLife);
            _records.Insert(record);
            return (account, record);
        });
        Forget(Admit(new Session(record, _clock.GetTimestamp())));
        return (token, account);
    }

    /// <summary>Finds a session that lives, and keeps it from being idle.</summary>
    public Session? Use(string hash)
    {
        Session? session;
        SessionRecord? unsaved = null;
        bool hasEnded;
        lock (_gate)
        {
            if (!_live.TryGetValue(hash, out session))
            {
                return null;
            }

            hasEnded = session.HasEnded(_clock);
            unsaved = hasEnded ? null : session.Use(_clock);
        }

        if (hasEnded)
        {
            _ = End(hash, () => { });
            return null;
        }

        TrySave(unsaved);
        return session;
    }

    /// <summary>Finds a session that lives, without using it.</summary>
    public Session? Find(string hash)
    {
        lock (_gate)
        {
            return _live.TryGetValue(hash, out var session) && !session.HasEnded(_clock) ? session : null;
        }
    }

    /// <summary>Ends a session for good.</summary>
    /// <param name="alongside">Part of the same transaction; not called if there is no such session.</param>
    /// <returns>False: there is none.</returns>
    public bool End(string hash, Action alongside)
    {
        lock (_gate)
        {
            if (!_live.Remove(hash))
            {
                return false;
            }
        }

        _store.Transact(() =>
        {
            _records.Delete(hash);
            alongside();
        });
        return true;
    }

    private List<string> Admit(Session session)
    {
        lock (_gate)
        {
            _live.Add(session.Hash, session);
            var byUse = _live.Values.OrderByDescending(other => other.LastUsed).ToList();
            var ended = byUse.Where(other => other.HasEnded(_clock))
                .Concat(byUse.Where(other => other.Operator == session.Operator && other != session).Skip(MostOfOne - 1))
                .Concat(byUse.Where(other => other != session).Skip(Most - 1))
                .Select(other => other.Hash).Distinct().ToList();
            ended.ForEach(hash => _live.Remove(hash));
            return ended;
        }
    }

    private void Forget(List<string> ended)
    {
        if (ended.Count > 0)
        {
            _store.Transact(() => ended.ForEach(hash => _records.Delete(hash)));
        }
    }

    private void TrySave(SessionRecord? record)
    {
        if (record is null)
        {
            return;
        }

        try
        {
            _store.Transact(() =>
            {
                // It may have ended a moment ago, and must not come back.
                if (_records.FindById(record.Hash) is { } saved)
                {
                    _records.Update(record, saved.Rev);
                }
            });
        }
        catch (UserErrorException)
        {
            // A full disk must not log anybody out. The session lives in memory; after a restart it has a little more life than it should.
        }
    }
}
