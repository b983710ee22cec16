using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OsDeploy.Server.Hosting;

/// <summary>What systemd is told of this program: sd_notify(3), sd_watchdog_enabled(3). Where nobody asks, nobody is told.</summary>
/// <param name="socket">Path of its socket, with <c>@</c> for an abstract one; null: nobody listens.</param>
/// <param name="watch">It ends a program that is not heard of for so long; null: it waits.</param>
internal sealed class ServiceManager(string? socket, TimeSpan? watch)
{
    public TimeSpan? Watch => socket is null ? null : watch;

    public static ServiceManager OfEnvironment(Func<string, string?> environment) => new(
        environment("NOTIFY_SOCKET") is { Length: > 1 } path && path[0] is '/' or '@' ? path : null,
        IsForThis(environment("WATCHDOG_PID")) && long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null);

    /// <summary>It serves from now on.</summary>
    public void SayReady() => Say("READY=1");

    /// <summary>It does what it is there for.</summary>
    public void SayAlive() => Say("WATCHDOG=1");

    private static bool IsForThis(string? process) => process is null || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    private void Say(string state)
    {
        if (socket is null)
        {
            return;
        }

        using var door = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        door.SendTo(Encoding.ASCII.GetBytes(state), new UnixDomainSocketEndPoint(socket[0] == '@' ? "\0" + socket[1..] : socket));
    }
}
