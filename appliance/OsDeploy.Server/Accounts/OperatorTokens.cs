using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Accounts;

/// <summary>Long-lived tokens of accounts: for another appliance, or a script. Each acts as its account until it is deleted.</summary>
internal sealed class OperatorTokens(DocumentStore store, Operators operators, AuditLog audit, TimeProvider clock)
{
    private const int MaxName = 32;
    private const int MaxTokens = 20;

    /// <returns>The token; it can never be read again.</returns>
    /// <exception cref="UserErrorException">
    /// <c>operator-missing</c>, <c>token-name-rejected</c>, <c>token-exists</c>, <c>too-many-tokens</c>
    /// </exception>
    public string Add(string actor, string account, string name)
    {
        if (name is not { Length: > 0 and <= MaxName } || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-'))
        {
            throw AccountErrors.TokenNameRejected(name);
        }

        var token = BearerToken.Draw(BearerToken.LongLivedPrefix);
        store.Transact(() =>
        {
            operators.Rewrite(account, before => before with { Tokens = [.. Free(before, name), new TokenRecord(name, BearerToken.HashOf(token), clock.GetUtcNow())] });
            audit.Append(actor, "token-add", account, name);
        });
        return token;
    }

    /// <exception cref="UserErrorException"><c>operator-missing</c>, <c>token-missing</c></exception>
    public void Delete(string actor, string account, string name) => store.Transact(() =>
    {
        operators.Rewrite(account, before => before.Tokens.Any(token => token.Name == name)
            ? before with { Tokens = [.. before.Tokens.Where(token => token.Name != name)] }
            : throw AccountErrors.TokenMissing(account, name));
        audit.Append(actor, "token-delete", account, name);
    });

    private static IReadOnlyList<TokenRecord> Free(OperatorRecord account, string name)
    {
        if (account.Tokens.Any(token => token.Name == name))
        {
            throw AccountErrors.TokenExists(account.Name, name);
        }

        return account.Tokens.Count < MaxTokens ? account.Tokens : throw AccountErrors.TooManyTokens(account.Name, MaxTokens);
    }
}
