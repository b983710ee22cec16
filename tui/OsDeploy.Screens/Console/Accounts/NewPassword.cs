using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Console.Accounts;

/// <summary>A password that is typed twice, since nobody sees it.</summary>
internal sealed class NewPassword
{
    private readonly SecretEntry _first = new("password", Words.Accounts.Password) { IsRequired = true, Help = Words.Accounts.PasswordHelp };
    private readonly SecretEntry _second = new("again", Words.Accounts.Again) { IsRequired = true };

    public IReadOnlyList<FormField> Fields => [_first, _second];

    public string Value => _first.Value;

    /// <summary>Null: both are the same.</summary>
    public string? Fault => _first.Value == _second.Value ? null : Words.Accounts.PasswordsDiffer;
}
