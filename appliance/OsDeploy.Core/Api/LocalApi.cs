using OsDeploy.Api.Accounts;

namespace OsDeploy.Api;

/// <summary>
/// What the programs around SSH ask on the appliance itself. These routes exist on its Unix socket only, and only if it mirrors its
/// operators. Who asks is the uid at the other end, which the kernel names (SO_PEERCRED), and nothing that is sent.
/// </summary>
public static class LocalApi
{
    private const string Root = "/api/v1/local";

    /// <summary>A session for the operator whose uid asks. 401 <c>login-failed</c>: nobody's, or the account is disabled.</summary>
    public static ApiRoute<LocalLogin, LoginAnswer> Login { get; } =
        new("POST", Root + "/login", Access.Local, ApiJson.Default.LocalLogin, ApiJson.Default.LoginAnswer, MaxBody: 4096);

    /// <summary>Whether a password is right; for root and the daemon's own user. 401 <c>login-failed</c>, 429 <c>login-too-often</c>.</summary>
    public static ApiRoute<LocalCheck, Nothing> Check { get; } = new("POST", Root + "/check", Access.Local, ApiJson.Default.LocalCheck, null, MaxBody: 4096);

    /// <summary>Lines as of authorized_keys; none for a disabled account. For root and the daemon's own user.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<string>> Keys { get; } =
        new("GET", Root + "/keys/{operator}", Access.Local, null, ApiJson.Default.IReadOnlyListString);

    /// <summary>
    /// A shell of root on a screen of its own, for an administrator who sits there: for root and the user of the console on the appliance's own
    /// screens. 401 <c>login-failed</c>, 409 <c>emergency-shell-elsewhere</c>.
    /// </summary>
    public static ApiRoute<LocalShell, Nothing> Shell { get; } = new("POST", Root + "/emergency-shell", Access.Local, ApiJson.Default.LocalShell, null, MaxBody: 4096);

    public static IReadOnlyList<ApiRoute> All { get; } = [Login, Check, Keys, Shell];
}
