using System.Collections.Frozen;

namespace OsDeploy.Server.Accounts;

/// <summary>All accounts as they were at one moment, by name and by the hashes of their tokens. Asked at every request.</summary>
internal sealed class OperatorTable
{
    private readonly FrozenDictionary<string, OperatorRecord> _byName;
    private readonly FrozenDictionary<string, OperatorRecord> _byToken;

    public OperatorTable(IEnumerable<OperatorRecord> operators)
    {
        _byName = operators.ToFrozenDictionary(account => account.Name, StringComparer.Ordinal);
        _byToken = _byName.Values.SelectMany(account => account.Tokens.Select(token => (token.Hash, Account: account)))
            .ToFrozenDictionary(pair => pair.Hash, pair => pair.Account, StringComparer.Ordinal);
    }

    public IEnumerable<OperatorRecord> All => _byName.Values.OrderBy(account => account.Name, StringComparer.Ordinal);

    public OperatorRecord? Find(string name) => _byName.GetValueOrDefault(name);

    public OperatorRecord? FindByToken(string hash) => _byToken.GetValueOrDefault(hash);
}
