using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Domains;

/// <summary>Sets the account with which hosts join a domain.</summary>
internal sealed class JoinAccountForm
{
    private const int MaxUser = 64;

    private readonly ConsoleContext _context;
    private readonly JoinAccount? _before;
    private readonly TextEntry _domain;
    private readonly TextEntry _user;
    private readonly SecretEntry _password;
    private readonly SecretEntry _again;

    /// <param name="account">Null: a new one.</param>
    public JoinAccountForm(ConsoleContext context, JoinAccount? account)
    {
        (_context, _before) = (context, account);
        _domain = new TextEntry("domain", Words.Domains.Domain) { IsRequired = true, Rule = JoinFields.DomainRule, Help = Words.Domains.AccountDomainHelp };
        _user = new TextEntry("user", Words.Domains.User, account?.User ?? "") { IsRequired = true, MaxLength = MaxUser, Help = Words.Domains.UserHelp };
        _password = new SecretEntry("password", Words.Accounts.Password) { IsRequired = true, IsSet = account is not null, Help = Words.Domains.PasswordHelp };
        _again = new SecretEntry("again", Words.Accounts.Again) { IsSet = account is not null };
        IReadOnlyList<FormField> fields = account is null ? [_domain, _user, _password, _again] : [_user, _password, _again];
        Model = new FormModel(account is null ? Words.Domains.AddTitle : Language.Fill(Words.Domains.EditTitle, account.Domain), fields, new FormAction("save", Common.Save, SaveAsync))
        {
            Help = Words.Domains.FormHelp,
            Rule = () => _password.Value == _again.Value ? null : Words.Accounts.PasswordsDiffer,
            Equivalent = () => [Command()],
        };
    }

    public FormModel Model { get; }

    public string Domain => _before?.Domain ?? _domain.Value;

    private Task<JoinAccount> SaveAsync(CancellationToken cancel) => _before is not null && !_user.IsChanged && !_password.IsChanged
        ? throw ConsoleErrors.NothingToChange()
        : _context.Session.CallAsync(JoinApi.SetAccount, new JoinAccountChange(_user.Value, _password.IsChanged ? _password.Value : null), cancel, Domain);

    private CommandLine Command() => new CommandLine("join-account", "set", Domain.Length > 0 ? Domain : "DOMAIN").With("--user", _user.Value.Length > 0 ? _user.Value : "NAME")
        .Flag("--keep-password", _before is not null && !_password.IsChanged);
}
