using System.Globalization;
using OsDeploy.Api.Accounts;
using OsDeploy.Text;

namespace OsDeploy.Server.Accounts;

/// <summary>Every sentence about accounts, logins and secrets that an operator can read.</summary>
internal static class AccountErrors
{
    public static UserErrorException LoginFailed() => new(
        "login-failed",
        "The login failed: the name or the password is wrong, or the account is disabled.",
        "Check the name and the password (Caps Lock, keyboard layout), or ask an administrator to set a new password.");

    public static UserErrorException LoginTooOften(TimeSpan wait)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        return new UserErrorException(
            "login-too-often",
            "The login was not tried: there were too many attempts.",
            string.Create(CultureInfo.InvariantCulture, $"Wait {seconds} s and try again; the console of the appliance is not held up by attempts from the network."))
        {
            RetryAfter = TimeSpan.FromSeconds(seconds),
        };
    }

    public static UserErrorException ShellElsewhere() => new(
        "emergency-shell-elsewhere", "The emergency shell opens at the appliance's own screen alone.", "Sit down there, and choose it among the settings of that console.");

    public static UserErrorException PasswordWrong() => new(
        "password-wrong",
        "Nothing was changed: your own password is wrong.",
        "Give the password you log in with yourself, not that of the account you want to change.");

    public static UserErrorException OperatorExists(OperatorName name) => new(
        "operator-exists",
        $"There is an account named '{name}' already.",
        "Choose another name, or change the account there is.");

    public static UserErrorException OperatorMissing(string name) => new(
        "operator-missing",
        $"There is no account named '{Printable.Of(name, 40)}'.",
        "Look at the list of accounts; another administrator may have deleted it.");

    public static UserErrorException OperatorsExist() => new(
        "operators-exist",
        "The first account cannot be made: there are accounts already.",
        "Log in as an administrator and add accounts there.");

    public static UserErrorException LastAdmin(string name) => new(
        "last-admin",
        $"'{Printable.Of(name, 40)}' is the last administrator who can log in.",
        "Make another account an administrator first.");

    public static UserErrorException RoomsRejected(string why) => new(
        "rooms-rejected",
        $"The account's rooms cannot be set: {Printable.Of(why)}.",
        "Name rooms as the list of rooms does, and only for the role RoomOperator.");

    public static UserErrorException TokenNameRejected(string name) => new(
        "token-name-rejected",
        $"'{Printable.Of(name, 40)}' cannot be the name of a token.",
        "Use 1 to 32 letters, digits, dots and dashes that say what the token is for.");

    public static UserErrorException TokenExists(string account, string name) => new(
        "token-exists",
        $"The account '{Printable.Of(account, 40)}' has a token named '{Printable.Of(name, 40)}' already.",
        "Delete that token first, or choose another name: a token cannot be shown twice.");

    public static UserErrorException TokenMissing(string account, string name) => new(
        "token-missing",
        $"The account '{Printable.Of(account, 40)}' has no token named '{Printable.Of(name, 40)}'.",
        "Look at the account's list of tokens; another administrator may have deleted it.");

    public static UserErrorException TooManyTokens(string account, int most) => new(
        "too-many-tokens",
        string.Create(CultureInfo.InvariantCulture, $"The account '{Printable.Of(account, 40)}' has {most} tokens already."),
        "Delete those that nobody uses.");

    public static UserErrorException KeyNameRejected(string name) => new(
        "key-name-rejected",
        $"'{Printable.Of(name, 40)}' cannot be the name of a key.",
        "Use 1 to 32 letters, digits, dots and dashes that say whose or where the key is.");

    public static UserErrorException KeyRejected(string why, Exception? cause = null) => new(
        "key-rejected",
        $"The key cannot be used: {Printable.Of(why)}.",
        string.Create(CultureInfo.InvariantCulture, $"Give the one line of a file such as ~/.ssh/id_ed25519.pub: Ed25519, ECDSA, or RSA with at least {KeyLine.LeastRsaBits} bits, without options."),
        cause);

    public static UserErrorException KeyExists(string account, string name) => new(
        "key-exists",
        $"The account '{Printable.Of(account, 40)}' has this key already, or one named '{Printable.Of(name, 40)}'.",
        "Delete that key first, or choose another name.");

    public static UserErrorException KeyTaken(string account) => new(
        "key-exists",
        $"This key belongs to the account '{Printable.Of(account, 40)}'.",
        "Use another key for each person, so that the audit log says who it was.");

    public static UserErrorException KeyMissing(string account, string name) => new(
        "key-missing",
        $"The account '{Printable.Of(account, 40)}' has no key named '{Printable.Of(name, 40)}'.",
        "Look at the account's list of keys; another administrator may have deleted it.");

    public static UserErrorException TooManyKeys(string account, int most) => new(
        "too-many-keys",
        string.Create(CultureInfo.InvariantCulture, $"The account '{Printable.Of(account, 40)}' has {most} keys already."),
        "Delete those that nobody uses.");

    public static UserErrorException SecretKeyWrong(string path, string why, Exception? cause = null) => new(
        "secret-key-wrong",
        $"The stored secrets cannot be opened with the key {Printable.Of(path)}: {Printable.Of(why)}.",
        "Copy the key that belongs to this database back to its place (owner: the server's user, mode 600), then start again; without it "
            + "every secret must be entered anew.",
        cause);

    public static UserErrorException SecretDamaged(string purpose, Exception? cause = null) => new(
        "secret-damaged",
        $"The stored secret for {Printable.Of(purpose)} is damaged.",
        "Enter it anew.",
        cause);
}
