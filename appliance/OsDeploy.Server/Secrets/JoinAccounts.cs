using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Personalisation;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Secrets;

/// <summary>Accounts that join hosts, one for each domain. Passwords lie sealed and are opened for one host in its job only.</summary>
/// <remarks><c>by</c> is the caller's <see cref="Api.Caller.AuditName"/>.</remarks>
internal sealed class JoinAccounts(DocumentStore documents, RegistryEdges edges, TimeProvider time)
{
    private const int MaxUser = 64;
    private const int MaxPassword = 127;
    private const string NotInUsers = "\"/\\[]:;|=,+*?<>@";

    private readonly Collection<JoinAccount> _accounts = documents.GetCollection("join_account", ApiJson.Default.JoinAccount, account => IdOf(account.Domain));

    /// <summary>By domain, without their passwords.</summary>
    public IReadOnlyList<JoinAccount> List() => [.. _accounts.FindAll().Select(account => Masked(account.Value))];

    /// <summary>Without its password; null: there is none.</summary>
    public JoinAccount? Find(string domain) => _accounts.FindById(IdOf(domain)) is { Value: var account } ? Masked(account) : null;

    /// <summary>With its password; null: there is none.</summary>
    public JoinAccount? Open(string domain) =>
        _accounts.FindById(IdOf(domain)) is { Value: var account } ? account with { Password = edges.Open(account.Password) } : null;

    /// <exception cref="UserErrorException"><c>domain-invalid</c>, <c>join-user-invalid</c>, <c>join-password-invalid</c>, <c>join-password-needed-invalid</c></exception>
    public JoinAccount Set(string domain, JoinAccountChange change, string by)
    {
        if (!JoinNames.IsDomain(domain))
        {
            throw ConfigurationErrors.DomainInvalid(domain);
        }

        var user = change.User.Trim();
        if (!PlainText.IsName(user, MaxUser) || user.Any(letter => NotInUsers.Contains(letter, StringComparison.Ordinal)))
        {
            throw SecretErrors.UserInvalid(user);
        }

        return documents.Transact(() =>
        {
            var before = _accounts.FindById(IdOf(domain))?.Value;
            var isNew = change.Password is not (null or Secret.Mask);
            var account = new JoinAccount(
                before?.Domain ?? domain, user, isNew ? Sealed(change.Password!, edges) : before?.Password ?? throw SecretErrors.PasswordNeeded(domain), by, time.GetUtcNow());
            _accounts.Upsert(account);
            edges.Audit(by, "join-account-set", account.Domain, $"user {user}{(isNew ? ", new password" : "")}");
            return Masked(account);
        });
    }

    /// <exception cref="UserErrorException"><c>join-account-missing</c></exception>
    public void Delete(string domain, string by) => documents.Transact(() =>
    {
        if (!_accounts.Delete(IdOf(domain)))
        {
            throw SecretErrors.AccountMissing(domain);
        }

        edges.Audit(by, "join-account-delete", domain, "");
    });

    /// <summary>A password as it may be kept; also for the local administrator.</summary>
    /// <exception cref="UserErrorException"><c>join-password-invalid</c></exception>
    public static string Sealed(string password, RegistryEdges edges) =>
        password.Length is > 0 and <= MaxPassword && !password.Any(char.IsControl) ? edges.Seal(password) : throw SecretErrors.PasswordInvalid(MaxPassword);

    private static JoinAccount Masked(JoinAccount account) => account with { Password = Secret.Mask };

    private static string IdOf(string domain) => domain.ToUpperInvariant();
}
