using System.Net;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Accounts;

/// <summary>Requests of <see cref="LocalApi"/>: what SSH needs to know to let operators in, and what only somebody at the appliance itself may ask.</summary>
/// <param name="screenUser">Of the console on the appliance's own screens; null: there is none.</param>
/// <param name="openShell">Called once it is in the audit log.</param>
internal sealed class LocalHandlers(Logins logins, Operators operators, AuditLog audit, uint? screenUser, Func<CancellationToken, Task> openShell)
{
    public void Map(HandlerTable handlers)
    {
        handlers.On(LocalApi.Login, LogIn);
        handlers.On(LocalApi.Check, CheckAsync);
        handlers.On(LocalApi.Keys, KeysOf);
        handlers.On(LocalApi.Shell, OpenShellAsync);
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

    private async Task<Nothing> OpenShellAsync(Call call, LocalShell shell)
    {
        if (call.Local.User != 0 && call.Local.User != screenUser)
        {
            throw AccountErrors.ShellElsewhere();
        }

        var who = await logins.ProveAdministratorAsync(shell.Name, shell.Password, call.Cancel);
        audit.Append(who, "emergency-shell", "appliance", "a shell of root at its own screen");
        await openShell(call.Cancel);
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
