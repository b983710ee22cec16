using System.Net;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Accounts;

/// <summary>Requests of <see cref="LocalApi"/>: what SSH needs to know to let operators in.</summary>
internal sealed class LocalHandlers(Logins logins, Operators operators)
{
    public void Map(HandlerTable handlers)
    {
        handlers.On(LocalApi.Login, LogIn);
        handlers.On(LocalApi.Check, CheckAsync);
        handlers.On(LocalApi.Keys, KeysOf);
    }

    private LoginAnswer LogIn(Call call, LocalLogin login) => MirroredOperators.IsUid(call.Local.User)
        ? logins.LogIn(call.Local.User, IPAddress.TryParse(login.From, out var from) ? from : null)
        : throw AccountErrors.LoginFailed();

    private async Task<Nothing> CheckAsync(Call call, LocalCheck check)
    {
        RequireSystem(call);
        var from = IPAddress.TryParse(check.From, out var address) ? address : throw Errors.RequestMalformed("'from' is not an address");
        await logins.CheckAsync(check.Name, check.Password, from, call.Cancel);
        return default;
    }

    private IReadOnlyList<string> KeysOf(Call call)
    {
        RequireSystem(call);
        return operators.Table.Find(call.Value("operator")) is { IsDisabled: false, Keys: { } keys } ? [.. keys.Select(key => key.Line)] : [];
    }

    private static void RequireSystem(Call call)
    {
        if (call.Local.User != 0 && call.Local.User != Mono.Unix.Native.Syscall.geteuid())
        {
            throw Errors.NotAllowed();
        }
    }
}
