using OsDeploy.Api.Accounts;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>What <c>login --json</c> prints: everything but the token.</summary>
/// <param name="Key">Fingerprint of the server's key; null over a socket.</param>
internal sealed record LoggedIn(string Address, string? Key, Operator Operator, DateTimeOffset EndsAt);

/// <summary>A login for people.</summary>
internal static class LoginText
{
    public static string Of(LoggedIn login, TimeProvider clock) =>
        $"Logged in at {Printable.Of(login.Address)} as {Printable.Of(login.Operator.Name)} ({Words.Of(login.Operator.Role)}), "
        + $"until {LocalTime.Of(clock, login.EndsAt)} or 15 minutes without a request.";
}
