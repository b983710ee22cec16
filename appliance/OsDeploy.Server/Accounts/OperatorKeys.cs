using OsDeploy.Api.Accounts;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Accounts;

/// <summary>Public keys with which accounts log in over SSH.</summary>
internal sealed class OperatorKeys(DocumentStore store, Operators operators, AuditLog audit, TimeProvider clock)
{
    private const int MaxName = 32;
    private const int MaxKeys = 20;

    /// <exception cref="UserErrorException">
    /// <c>operator-missing</c>, <c>key-name-rejected</c>, <c>key-rejected</c>, <c>key-exists</c>, <c>too-many-keys</c>
    /// </exception>
    public async Task<Operator> AddAsync(string actor, string account, NewOperatorKey asked, CancellationToken cancel)
    {
        if (asked.Name is not { Length: > 0 and <= MaxName } || !asked.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-'))
        {
            throw AccountErrors.KeyNameRejected(asked.Name);
        }

        _ = operators.Get(account);
        var line = await KeyLine.ReadAsync(asked.Line, cancel);
        store.Transact(() =>
        {
            var key = new KeyRecord(asked.Name, line.Type, line.Text, line.Fingerprint, clock.GetUtcNow());
            operators.Rewrite(account, before => before with { Keys = [.. Free(before, key), key] });
            audit.Append(actor, "key-add", account, $"{key.Name} {key.Type} {key.Fingerprint}");
        });
        return operators.Get(account);
    }

    /// <exception cref="UserErrorException"><c>operator-missing</c>, <c>key-missing</c></exception>
    public void Delete(string actor, string account, string name) => store.Transact(() =>
    {
        operators.Rewrite(account, before => KeysOf(before).Any(key => key.Name == name)
            ? before with { Keys = [.. KeysOf(before).Where(key => key.Name != name)] }
            : throw AccountErrors.KeyMissing(account, name));
        audit.Append(actor, "key-delete", account, name);
    });

    private IReadOnlyList<KeyRecord> Free(OperatorRecord account, KeyRecord key)
    {
        if (KeysOf(account).Any(other => other.Name == key.Name || other.Fingerprint == key.Fingerprint))
        {
            throw AccountErrors.KeyExists(account.Name, key.Name);
        }

        if (operators.Table.All.FirstOrDefault(other => KeysOf(other).Any(one => one.Fingerprint == key.Fingerprint)) is { } owner)
        {
            throw AccountErrors.KeyTaken(owner.Name);
        }

        return KeysOf(account).Count < MaxKeys ? KeysOf(account) : throw AccountErrors.TooManyKeys(account.Name, MaxKeys);
    }

    private static IReadOnlyList<KeyRecord> KeysOf(OperatorRecord account) => account.Keys ?? [];
}
