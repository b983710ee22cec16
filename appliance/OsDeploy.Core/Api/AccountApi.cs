using OsDeploy.Api.Accounts;

namespace OsDeploy.Api;

/// <summary>Logging in, accounts and the audit log.</summary>
public static class AccountApi
{
    private const string Root = "/api/v1";

    /// <summary>401 <c>login-failed</c> whatever was wrong; 429 <c>login-too-often</c>.</summary>
    public static ApiRoute<LoginRequest, LoginAnswer> Login { get; } =
        new("POST", Root + "/login", Access.Public, ApiJson.Default.LoginRequest, ApiJson.Default.LoginAnswer, MaxBody: 4096);

    public static ApiRoute<Nothing, Nothing> Logout { get; } = new("POST", Root + "/logout", Access.Of(Right.View), null, null);

    /// <summary>Who the session is.</summary>
    public static ApiRoute<Nothing, Operator> Self { get; } = new("GET", Root + "/self", Access.Of(Right.View), null, ApiJson.Default.Operator);

    public static ApiRoute<PasswordChange, Nothing> ChangeOwnPassword { get; } =
        new("PUT", Root + "/self/password", Access.Of(Right.View), ApiJson.Default.PasswordChange, null);

    public static ApiRoute<Nothing, IReadOnlyList<Operator>> List { get; } =
        new("GET", Root + "/operators", Access.Of(Right.Administer), null, ApiJson.Default.IReadOnlyListOperator);

    public static ApiRoute<NewOperator, Operator> Add { get; } =
        new("POST", Root + "/operators", Access.Of(Right.Administer), ApiJson.Default.NewOperator, ApiJson.Default.Operator);

    /// <summary>Ends the account's sessions if its role, rooms or standing change. 409 <c>last-admin</c>.</summary>
    public static ApiRoute<OperatorChange, Operator> Change { get; } =
        new("PUT", Root + "/operators/{operator}", Access.Of(Right.Administer), ApiJson.Default.OperatorChange, ApiJson.Default.Operator);

    public static ApiRoute<Nothing, Nothing> Delete { get; } = new("DELETE", Root + "/operators/{operator}", Access.Of(Right.Administer), null, null);

    /// <summary>Sets another's password and ends its sessions.</summary>
    public static ApiRoute<PasswordChange, Nothing> SetPassword { get; } =
        new("PUT", Root + "/operators/{operator}/password", Access.Of(Right.Administer), ApiJson.Default.PasswordChange, null);

    /// <summary>Makes a token that acts as the account until it is deleted.</summary>
    public static ApiRoute<NewToken, TokenAnswer> AddToken { get; } =
        new("POST", Root + "/operators/{operator}/tokens", Access.Of(Right.Administer), ApiJson.Default.NewToken, ApiJson.Default.TokenAnswer);

    public static ApiRoute<Nothing, Nothing> DeleteToken { get; } =
        new("DELETE", Root + "/operators/{operator}/tokens/{token}", Access.Of(Right.Administer), null, null);

    /// <summary>Lets whoever has the private key log in over SSH. 422 <c>key-rejected</c>, 409 <c>key-exists</c>.</summary>
    public static ApiRoute<NewOperatorKey, Operator> AddKey { get; } =
        new("POST", Root + "/operators/{operator}/keys", Access.Of(Right.Administer), ApiJson.Default.NewOperatorKey, ApiJson.Default.Operator);

    public static ApiRoute<Nothing, Nothing> DeleteKey { get; } =
        new("DELETE", Root + "/operators/{operator}/keys/{key}", Access.Of(Right.Administer), null, null);

    /// <summary>
    /// Newest first; query <c>before</c>: only lines with a smaller number; <c>count</c>: at most so many (200, up to 1000);
    /// <c>check=true</c>: <see cref="AuditPage.BrokenAt"/> is that of the whole log and not of these lines.
    /// </summary>
    public static ApiRoute<Nothing, AuditPage> Audit { get; } =
        new("GET", Root + "/audit", Access.Of(Right.Administer), null, ApiJson.Default.AuditPage);

    public static IReadOnlyList<ApiRoute> All { get; } =
        [Login, Logout, Self, ChangeOwnPassword, List, Add, Change, Delete, SetPassword, AddToken, DeleteToken, AddKey, DeleteKey, Audit];
}
