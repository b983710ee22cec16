using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Api.Accounts;

/// <summary>Every sentence about what names and passwords of accounts may be.</summary>
internal static class AccountRuleErrors
{
    public static UserErrorException PasswordRejected(string why) => new(
        "password-rejected",
        $"The password cannot be used: {Printable.Of(why)}.",
        string.Create(CultureInfo.InvariantCulture, $"Choose {PasswordRules.MinLength} to {PasswordRules.MaxLength} characters that nobody guesses; four random words do well."));

    public static UserErrorException OperatorNameRejected(string? name) => new(
        "operator-name-rejected",
        $"'{Printable.Of(name, 40)}' cannot be the name of an account.",
        string.Create(CultureInfo.InvariantCulture, $"Use 1 to {OperatorName.MaxLength} of a-z 0-9 . _ - and begin with a letter."));

    public static UserErrorException OperatorNameTaken(string name) => new(
        "operator-name-rejected",
        $"The name '{Printable.Of(name, 40)}' belongs to the system.",
        "Choose another name, best one for each person, so that the audit log says who it was.");
}
