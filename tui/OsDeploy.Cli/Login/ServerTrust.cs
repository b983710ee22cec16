using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Cli.Login;

/// <summary>Which key a server must have: the one that was told, the one it had before, or the one a person compares now.</summary>
internal static class ServerTrust
{
    /// <param name="pin">Fingerprint as typed; null: none.</param>
    /// <returns>Null for a server that needs none: over a socket of this computer.</returns>
    /// <exception cref="UserErrorException"><c>usage-pin</c>, <c>usage-pin-needed</c>, <c>server-unreachable</c>, <c>server-key-changed</c>, <c>server-not-confirmed</c></exception>
    public static async Task<ServerKey?> FindKeyAsync(Session session, ServerAddress address, string? pin, CancellationToken cancel)
    {
        if (pin is not null)
        {
            return ServerKey.TryParse(pin, out var told) ? told : throw ServerErrors.UsagePin(pin);
        }

        if (address.Tls is not { } server)
        {
            return null;
        }

        return ServerKey.TryParse(session.Logins.Find(address.ToString())?.Key, out var known)
            ? await RequireSameAsync(session, server, known, cancel)
            : await CompareAsync(session, server, cancel);
    }

    private static async Task<ServerKey> RequireSameAsync(Session session, Uri server, ServerKey known, CancellationToken cancel)
    {
        var shown = await ServerProbe.ReadKeyAsync(server, session.Clock, cancel);
        return shown == known ? shown : throw ServerErrors.ServerKeyChanged(server.Authority, known.Words, shown.Words);
    }

    private static async Task<ServerKey> CompareAsync(Session session, Uri server, CancellationToken cancel)
    {
        if (!session.Terminal.CanAsk)
        {
            throw ServerErrors.UsagePinNeeded(server.Authority);
        }

        var shown = await ServerProbe.ReadKeyAsync(server, session.Clock, cancel);
        await session.Terminal.Talk.WriteLineAsync($"{Printable.Of(server.Authority)} was never met before. Its fingerprint is: {shown.Words}");
        var answer = await session.Terminal.AskAsync("The console of the appliance shows the same four words? [yes/no]", cancel);
        return answer == "yes" ? shown : throw ServerErrors.ServerNotConfirmed(server.Authority);
    }
}
