using System.Net;
using OsDeploy.Api.Accounts;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// Logging in, proving a password again, logging out. What was wrong with a login is not said, not by the answer and not by the time
/// it takes.
/// </summary>
internal sealed class Logins(
    Operators operators, Sessions sessions, Passwords passwords, LoginLimiter limiter, AuditLog audit, FailureLines failures, TimeProvider clock)
{
    /// <param name="from">Null: the console's socket.</param>
    /// <exception cref="UserErrorException"><c>login-failed</c>, <c>login-too-often</c></exception>
    public async Task<LoginAnswer> LoginAsync(LoginRequest request, IPAddress? from, CancellationToken cancel)
    {
        var account = await ProveAsync(request.Name, request.Password, from, cancel) ?? throw AccountErrors.LoginFailed();
        var renewed = PasswordHash.TryParse(account.Password, out var hash) && passwords.IsOutdated(hash)
            ? await passwords.HashAsync(request.Password, cancel)
            : null;
        var now = clock.GetUtcNow();
        var (token, current) = sessions.Begin(() =>
        {
            var current = operators.KeepLogin(account.Name, account.Password, renewed, now) ?? throw AccountErrors.LoginFailed();
            audit.Append(current.ToCaller("").AuditName, "login", current.Name, "from " + PlaceOf(from));
            return current;
        });
        return new LoginAnswer(token, current.ToOperator(), now + Session.MaxLife);
    }

    /// <summary>Begins a session for somebody whom SSH has let in: no password, for the kernel says whose program asks.</summary>
    /// <param name="uid">Of the program that asks.</param>
    /// <param name="from">For the audit log, as that program says it.</param>
    /// <exception cref="UserErrorException"><c>login-failed</c></exception>
    public LoginAnswer LogIn(uint uid, IPAddress? from)
    {
        var known = operators.Table.FindByUid(uid) ?? throw AccountErrors.LoginFailed();
        var now = clock.GetUtcNow();
        var (token, current) = sessions.Begin(() =>
        {
            var current = operators.KeepLogin(known.Name, (int)uid, now) ?? throw AccountErrors.LoginFailed();
            audit.Append(current.ToCaller("").AuditName, "login", current.Name, "over SSH from " + (from?.ToString() ?? "an unknown place"));
            return current;
        });
        return new LoginAnswer(token, current.ToOperator(), now + Session.MaxLife);
    }

    /// <summary>Whether a password is right, for a program that lets somebody in by it. Counts like any other attempt.</summary>
    /// <exception cref="UserErrorException"><c>login-failed</c>, <c>login-too-often</c></exception>
    public async Task CheckAsync(string name, string password, IPAddress from, CancellationToken cancel) =>
        _ = await ProveAsync(name, password, from, cancel) ?? throw AccountErrors.LoginFailed();

    /// <summary>An administrator proves to be one again, at the appliance's own screen.</summary>
    /// <returns>As the audit log names it.</returns>
    /// <exception cref="UserErrorException"><c>login-failed</c>, <c>login-too-often</c></exception>
    public async Task<string> ProveAdministratorAsync(string name, string password, CancellationToken cancel) =>
        await ProveAsync(name, password, null, cancel) is { IsEnabledAdmin: true } account ? account.ToCaller("").AuditName : throw AccountErrors.LoginFailed();

    /// <summary>A stolen session or token does not know the password.</summary>
    /// <exception cref="UserErrorException"><c>password-wrong</c>, <c>login-too-often</c></exception>
    public async Task ProveAgainAsync(OperatorCaller who, string password, IPAddress? from, CancellationToken cancel) =>
        _ = await ProveAsync(who.Name, password, from, cancel) ?? throw AccountErrors.PasswordWrong();

    /// <summary>Ends the session that asks. A token lives until it is deleted.</summary>
    public void Logout(OperatorCaller who) => sessions.End(who.Session, () => audit.Append(who.AuditName, "logout", who.Name, ""));

    private async Task<OperatorRecord?> ProveAsync(string name, string password, IPAddress? from, CancellationToken cancel)
    {
        if (limiter.Begin(name, from) is { } wait)
        {
            throw AccountErrors.LoginTooOften(wait);
        }

        var account = operators.Table.Find(name);
        _ = PasswordHash.TryParse(account?.Password, out var hash);
        if (await passwords.MatchesAsync(hash, password, cancel) && account is { IsDisabled: false })
        {
            limiter.Succeeded(name, from);
            return account;
        }

        WriteFailure(name, account, from);
        return null;
    }

    // A name that is no account's is not written down: people type their password into the wrong field.
    private void WriteFailure(string name, OperatorRecord? account, IPAddress? from)
    {
        if (failures.TryWrite(OperatorName.TryParse(name, out _) ? name : "") is { } unwritten)
        {
            var more = unwritten > 0 ? $", and {unwritten} more without a line" : "";
            audit.Append(AnonymousCaller.Instance.AuditName, "login-failed", account?.Name ?? "(no such account)", $"from {PlaceOf(from)}{more}");
        }
    }

    private static string PlaceOf(IPAddress? from) => from?.ToString() ?? "the console";
}
