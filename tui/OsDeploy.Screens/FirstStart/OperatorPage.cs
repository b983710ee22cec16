using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using AccountName = OsDeploy.Api.Accounts.OperatorName;

namespace OsDeploy.Screens.FirstStart;

/// <summary>The first administrator. The appliance comes with no account and no password.</summary>
internal sealed class OperatorPage
{
    private readonly TextEntry _name;
    private readonly SecretEntry _password;
    private readonly SecretEntry _again;

    public OperatorPage()
    {
        _name = new TextEntry("name", Words.FirstStart.OperatorName)
        {
            IsRequired = true,
            MaxLength = AccountName.MaxLength,
            Rule = text => AccountName.TryParse(text, out _) ? null : Words.FirstStart.OperatorNameRule,
        };
        _password = new SecretEntry("password", Words.FirstStart.Password) { IsRequired = true, Rule = PasswordRule, Help = Words.FirstStart.PasswordHelp };
        _again = new SecretEntry("again", Words.FirstStart.PasswordAgain) { IsRequired = true };
        Page = new WizardPage(new FormModel(
            Words.FirstStart.OperatorTitle,
            [new InfoEntry("why", () => Words.FirstStart.OperatorWhy), _name, _password, _again],
            FormAction.Take(Words.Common.Next))
        {
            Help = Words.FirstStart.PasswordHelp,
            Rule = () => _again.Value == _password.Value ? null : Words.FirstStart.PasswordsDiffer,
        });
    }

    public WizardPage Page { get; }

    public string Name => _name.Value;

    public string Password => _password.Value;

    // Compared with the name, which is asked before.
    private string? PasswordRule(string typed) =>
        AccountName.TryParse(_name.Value, out var name) && PasswordRules.FaultOf(typed, name) is not null ? Language.Fill(Words.FirstStart.PasswordRule, PasswordRules.MinLength) : null;
}
