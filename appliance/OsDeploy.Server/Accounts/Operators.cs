using OsDeploy.Api.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// The accounts. There is no account and no password that the appliance came with: <see cref="AddFirstAsync"/> makes the first one,
/// and until then nobody can log in. Each change and its audit line are one transaction.
/// </summary>
internal sealed class Operators : IDisposable
{
    private const int MaxRooms = 100;
    private const int MaxRoomLength = 32;

    private readonly Lock _reading = new();
    private readonly DocumentStore _store;
    private readonly Collection<OperatorRecord> _operators;
    private readonly AuditLog _audit;
    private readonly Passwords _passwords;
    private volatile OperatorTable _table;

    public Operators(DocumentStore store, AuditLog audit, Passwords passwords)
    {
        (_store, _audit, _passwords) = (store, audit, passwords);
        _operators = store.GetCollection("operator", AccountJson.Default.OperatorRecord, account => account.Name);
        _table = new OperatorTable([]);
        store.Changed += OnChanged;
        ReadTable();
    }

    /// <summary>What has been committed, as requests are judged by it.</summary>
    public OperatorTable Table => _table;

    public IReadOnlyList<Operator> List() => [.. _table.All.Select(account => account.ToOperator())];

    /// <exception cref="UserErrorException"><c>operator-missing</c></exception>
    public Operator Get(string name) => (_table.Find(name) ?? throw AccountErrors.OperatorMissing(name)).ToOperator();

    /// <summary>Makes the administrator of a new appliance.</summary>
    /// <exception cref="UserErrorException"><c>operators-exist</c>, <c>operator-name-rejected</c>, <c>password-rejected</c></exception>
    public Task<Operator> AddFirstAsync(string name, string password, CancellationToken cancel) =>
        InsertAsync("appliance", new NewOperator(name, Role.Admin, password), "operator-first", ThrowIfAny, cancel);

    /// <summary>Whether this is the password of an administrator whose account is enabled. Attempts are not counted.</summary>
    public Task<bool> IsAdministratorAsync(string name, string password, CancellationToken cancel)
    {
        var account = _table.Find(name);
        _ = PasswordHash.TryParse(account is { IsEnabledAdmin: true } ? account.Password : null, out var hash);
        return _passwords.MatchesAsync(hash, password, cancel);
    }

    /// <exception cref="UserErrorException">
    /// <c>operator-exists</c>, <c>operator-name-rejected</c>, <c>password-rejected</c>, <c>rooms-rejected</c>
    /// </exception>
    public Task<Operator> AddAsync(string actor, NewOperator account, CancellationToken cancel) =>
        InsertAsync(actor, account, "operator-add", () => { }, cancel);

    /// <summary>Ends the account's sessions if its role, rooms or standing change.</summary>
    /// <exception cref="UserErrorException"><c>operator-missing</c>, <c>last-admin</c>, <c>rooms-rejected</c></exception>
    public Operator Change(string actor, string name, OperatorChange change) => _store.Transact(() =>
    {
        var before = Require(name);
        var role = change.Role ?? before.Value.Role;
        var rooms = change.Rooms ?? (role == Role.RoomOperator ? before.Value.Rooms : []);
        var after = before.Value with { Role = role, Rooms = CheckedRooms(role, rooms), IsDisabled = change.IsDisabled ?? before.Value.IsDisabled };
        if (Describe(before.Value) == Describe(after))
        {
            return after.ToOperator();
        }

        ThrowIfLastAdmin(before.Value, after);
        Write(before, after with { Stamp = OperatorRecord.DrawStamp(), KeptSession = null });
        _audit.Append(actor, "operator-change", name, $"{Describe(before.Value)} -> {Describe(after)}");
        return after.ToOperator();
    });

    /// <exception cref="UserErrorException"><c>operator-missing</c>, <c>last-admin</c></exception>
    public void Delete(string actor, string name) => _store.Transact(() =>
    {
        var account = Require(name);
        ThrowIfLastAdmin(account.Value, after: null);
        _operators.Delete(name, account.Rev);
        _audit.Append(actor, "operator-delete", name, Describe(account.Value));
    });

    /// <summary>Sets a password and ends the account's sessions. That whoever asks may do so has been proven before.</summary>
    /// <param name="who">Whose session goes on, if it is the own password.</param>
    /// <exception cref="UserErrorException"><c>operator-missing</c>, <c>password-rejected</c></exception>
    public async Task SetPasswordAsync(OperatorCaller who, string name, string password, CancellationToken cancel)
    {
        _ = Get(name);
        PasswordRules.Check(password, OperatorName.Parse(name));
        var hash = await _passwords.HashAsync(password, cancel);
        _store.Transact(() =>
        {
            var before = Require(name);
            var kept = who.Name == name ? who.Session : null;
            Write(before, before.Value with { Password = hash.ToString(), Stamp = OperatorRecord.DrawStamp(), KeptSession = kept });
            _audit.Append(who.AuditName, "password-set", name, kept is null ? "by another" : "by the operator");
        });
    }

    /// <summary>Keeps what a login has changed. Part of the caller's transaction.</summary>
    /// <param name="proven">The password hash that was compared: if it is another one by now, the login has failed.</param>
    /// <param name="renewed">The same password with newer parameters, or null.</param>
    /// <returns>Null: the account is gone, disabled or has another password.</returns>
    public OperatorRecord? KeepLogin(string name, string proven, PasswordHash? renewed, DateTimeOffset now)
    {
        if (_operators.FindById(name) is not { Value.IsDisabled: false } before || before.Value.Password != proven)
        {
            return null;
        }

        var after = before.Value with { LastLogin = now, Password = renewed?.ToString() ?? proven };
        Write(before, after);
        return after;
    }

    /// <summary>As the other one, for a login that the system has proved.</summary>
    /// <param name="uid">That of the account: another one's of the same name is not it.</param>
    public OperatorRecord? KeepLogin(string name, int uid, DateTimeOffset now)
    {
        if (_operators.FindById(name) is not { Value.IsDisabled: false } before || before.Value.Uid != uid)
        {
            return null;
        }

        var after = before.Value with { LastLogin = now };
        Write(before, after);
        return after;
    }

    /// <summary>Makes it a user of the system. Part of the caller's transaction.</summary>
    /// <returns>False: it is gone, or is one already.</returns>
    public bool TryNumber(string name, int uid)
    {
        if (_operators.FindById(name) is not { Value.Uid: null } before)
        {
            return false;
        }

        Write(before, before.Value with { Uid = uid });
        return true;
    }

    /// <summary>Follows the rename of a room, or its removal. Part of the caller's transaction.</summary>
    /// <param name="name">Null: the room is gone.</param>
    public void RenameRoom(string room, string? name)
    {
        foreach (var account in _operators.FindAll().Where(account => account.Value.Rooms.Contains(room, StringComparer.OrdinalIgnoreCase)))
        {
            var others = account.Value.Rooms.Where(other => !string.Equals(other, room, StringComparison.OrdinalIgnoreCase));
            Write(account, account.Value with { Rooms = [.. name is null ? others : others.Append(name)] });
        }
    }

    /// <summary>Changes an account as <paramref name="change"/> says. Part of the caller's transaction.</summary>
    /// <exception cref="UserErrorException"><c>operator-missing</c></exception>
    public void Rewrite(string name, Func<OperatorRecord, OperatorRecord> change)
    {
        var before = Require(name);
        Write(before, change(before.Value));
    }

    public void Dispose() => _store.Changed -= OnChanged;

    private async Task<Operator> InsertAsync(string actor, NewOperator asked, string action, Action alsoCheck, CancellationToken cancel)
    {
        var name = OperatorName.Parse(asked.Name);
        var rooms = CheckedRooms(asked.Role, asked.Rooms ?? []);
        PasswordRules.Check(asked.Password, name);
        ThrowIfTaken();
        var hash = await _passwords.HashAsync(asked.Password, cancel);
        return _store.Transact(() =>
        {
            ThrowIfTaken();
            var account = new OperatorRecord($"{name}", asked.Role, rooms, $"{hash}", IsDisabled: false, LastLogin: null, [], OperatorRecord.DrawStamp(), KeptSession: null);
            _operators.Insert(account);
            _audit.Append(actor, action, account.Name, Describe(account));
            return account.ToOperator();
        });

        void ThrowIfTaken()
        {
            alsoCheck();
            if (_operators.FindById($"{name}") is not null)
            {
                throw AccountErrors.OperatorExists(name);
            }
        }
    }

    private static IReadOnlyList<string> CheckedRooms(Role role, IReadOnlyList<string> rooms)
    {
        if (!Enum.IsDefined(role))
        {
            throw Errors.RequestMalformed("there is no such role");
        }

        if (rooms.Count > 0 && role != Role.RoomOperator)
        {
            throw AccountErrors.RoomsRejected("only the role RoomOperator has rooms");
        }

        if (rooms.Count > MaxRooms)
        {
            throw AccountErrors.RoomsRejected($"{rooms.Count} are too many");
        }

        return rooms.FirstOrDefault(room => room is not { Length: > 0 and <= MaxRoomLength } || Printable.Of(room) != room) is { } odd
            ? throw AccountErrors.RoomsRejected($"'{Printable.Of(odd)}' is no name of a room")
            : [.. rooms.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string Describe(OperatorRecord account) =>
        $"{account.Role}{(account.Rooms.Count > 0 ? " of " + string.Join(", ", account.Rooms) : "")}{(account.IsDisabled ? ", disabled" : "")}";

    private Stored<OperatorRecord> Require(string name) => _operators.FindById(name) ?? throw AccountErrors.OperatorMissing(name);

    private void Write(Stored<OperatorRecord> before, OperatorRecord after) => _operators.Update(after, before.Rev);

    private void ThrowIfAny()
    {
        if (_operators.Count() > 0)
        {
            throw AccountErrors.OperatorsExist();
        }
    }

    private void ThrowIfLastAdmin(OperatorRecord before, OperatorRecord? after)
    {
        if (before.IsEnabledAdmin && after is not { IsEnabledAdmin: true } && _operators.FindAll().Count(account => account.Value.IsEnabledAdmin) == 1)
        {
            throw AccountErrors.LastAdmin(before.Name);
        }
    }

    private void OnChanged(object? sender, DocumentChange change)
    {
        if (change.Collection == _operators.Name)
        {
            ReadTable();
        }
    }

    // One reader at a time, or the older of two could be kept. Nobody holds this lock while waiting for the store's announcements.
    private void ReadTable()
    {
        lock (_reading)
        {
            _table = new OperatorTable(_operators.FindAll().Select(account => account.Value));
        }
    }
}
