using OsDeploy.Text;

namespace OsDeploy.Server.Secrets;

/// <summary>Every sentence about what hosts join with that an operator or an agent can read.</summary>
internal static class SecretErrors
{
    public static UserErrorException AccountMissing(string domain) => new(
        "join-account-missing", $"There is no join account for {Printable.Of(domain)}.", "Look at the list of join accounts: `osdeploy join-account list`.");

    public static UserErrorException UserInvalid(string user) => new(
        "join-user-invalid",
        $"\"{Printable.Of(user)}\" cannot be the name of an account that joins computers.",
        "Write the name of the account alone, without its domain before or behind it.");

    public static UserErrorException PasswordNeeded(string domain) => new(
        "join-password-needed-invalid", $"The join account of {Printable.Of(domain)} has no password.", "Type it together with the name.");

    public static UserErrorException PasswordInvalid(int max) => new(
        "join-password-invalid", $"The password is longer than {max} characters, or holds one that cannot be typed.", "Type it anew.");

    public static UserErrorException OfflineJoinInvalid(string what) => new(
        "offline-join-invalid",
        $"This is no file of djoin: {Printable.Of(what)}.",
        "Make one for each computer in the domain: `djoin /provision /domain DOMAIN /machine NAME /savefile FILE`.");

    public static UserErrorException OfflineJoinMissing(string host) => new(
        "offline-join-missing", $"{Printable.Of(host)} has no file of djoin.", "Nothing needs to be deleted.");

    public static UserErrorException NonceInvalid() => new(
        "request-malformed", "The appliance did not understand the agent: a nonce is 32 hexadecimal digits.", "Bring the agent and the appliance to the same version of osdeploy.");
}
