using System.Collections.Frozen;

namespace OsDeploy.Server.Accounts;

/// <summary>All accounts as they were at one moment, by name, by the hashes of their tokens and by uid. Asked at every request.</summary>
internal sealed class OperatorTable
{
    private readonly FrozenDictionary<string, OperatorRecord> _byName;
    private readonly FrozenDictionary<string, OperatorRecord> _byToken;
    private readonly FrozenDictionary<uint, OperatorRecord> _byUid;

    public OperatorTable(IEnumerable<OperatorRecord> operators)
    {
        _byName = operators.ToFrozenDictionary(account => account.Name, StringComparer.Ordinal);
        _byToken = _byName.Values.SelectMany(account => account.Tokens.Select(token => (token.Hash, Account: account)))
            .ToFrozenDictionary(pair => pair.Hash, pair => pair.Account, StringComparer.Ordinal);
        _byUid = _byName.Values.Where(account => account.Uid is not null).ToFrozenDictionary(account => (uint)account.Uid!.Value);
    }

    public IEnumerable<OperatorRecord> All => _byName.Values.OrderBy(account => account.Name, StringComparer.Ordinal);

    public OperatorRecord? Find(string name) => _byName.GetValueOrDefault(name);

    public OperatorRecord? FindByToken(string hash) => _byToken.GetValueOrDefault(hash);

    public OperatorRecord? FindByUid(uint uid) => _byUid.GetValueOrDefault(uid);
}
