using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Accounts;

/// <summary>Requests of <see cref="AccountApi"/>. Who may send which, the router has decided.</summary>
internal sealed class AccountHandlers(Logins logins, Operators operators, OperatorTokens tokens, OperatorKeys keys, AuditLog audit)
{
    private const int UsualPage = 200;

    public void Map(HandlerTable handlers)
    {
        handlers.On(AccountApi.Login, (call, request) => logins.LoginAsync(request, call.Remote, call.Cancel));
        handlers.On(AccountApi.Logout, call => Done(() => logins.Logout(call.Operator)));
        handlers.On(AccountApi.Self, call => operators.Get(call.Operator.Name));
        handlers.On(AccountApi.ChangeOwnPassword, (call, change) => SetPasswordAsync(call, call.Operator.Name, change));
        handlers.On(AccountApi.List, _ => operators.List());
        handlers.On(AccountApi.Add, (call, account) => operators.AddAsync(call.Caller.AuditName, account, call.Cancel));
        handlers.On(AccountApi.Change, (call, change) => operators.Change(call.Caller.AuditName, call.Value("operator"), change));
        handlers.On(AccountApi.Delete, call => Done(() => operators.Delete(call.Caller.AuditName, call.Value("operator"))));
        handlers.On(AccountApi.SetPassword, (call, change) => SetPasswordAsync(call, call.Value("operator"), change));
        handlers.On(AccountApi.AddToken, (call, token) => new TokenAnswer(tokens.Add(call.Caller.AuditName, call.Value("operator"), token.Name)));
        handlers.On(AccountApi.DeleteToken, call => Done(() => tokens.Delete(call.Caller.AuditName, call.Value("operator"), call.Value("token"))));
        handlers.On(AccountApi.AddKey, (call, key) => keys.AddAsync(call.Caller.AuditName, call.Value("operator"), key, call.Cancel));
        handlers.On(AccountApi.DeleteKey, call => Done(() => keys.Delete(call.Caller.AuditName, call.Value("operator"), call.Value("key"))));
        handlers.On(AccountApi.Audit, Audit);
    }

    private static Nothing Done(Action work)
    {
        work();
        return default;
    }

    private async Task<Nothing> SetPasswordAsync(Call call, string name, PasswordChange change)
    {
        await logins.ProveAgainAsync(call.Operator, change.Own, call.Remote, call.Cancel);
        await operators.SetPasswordAsync(call.Operator, name, change.New, call.Cancel);
        return default;
    }

    private AuditPage Audit(Call call)
    {
        var page = audit.Page(NumberOf(call, "before"), (int)Math.Clamp(NumberOf(call, "count") ?? UsualPage, 1, AuditLog.MaxPage));
        return call.Query("check") == "true" ? page with { BrokenAt = audit.Verify() } : page;
    }

    private static long? NumberOf(Call call, string name) => call.Query(name) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Errors.RequestMalformed($"'{name}' is not a number"),
    };
}
