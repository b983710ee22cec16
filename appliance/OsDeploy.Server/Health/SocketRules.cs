using System.Globalization;
using OsDeploy.Api.Health;

namespace OsDeploy.Server.Health;

/// <summary>What listens, compared with what should.</summary>
internal static class SocketRules
{
    private const int Shown = 5;

    // What asks for an address of its own waits for the answer there.
    private static readonly int[] s_asking = [68, 546];

    /// <param name="listening">Null: it cannot be read.</param>
    /// <param name="listed">Null: there is no list.</param>
    /// <param name="ownPorts">What the kernel gives to those who do not choose a port: by UDP they ask, or answer one who asked.</param>
    public static HealthItem Of(IReadOnlyList<ListeningSocket>? listening, IReadOnlyList<ListedSocket>? listed, (int First, int Last) ownPorts)
    {
        if (listening is null)
        {
            return new HealthItem("sockets", HealthState.Unknown, "What listens on this system cannot be read.");
        }

        var reachable = listening.Where(socket => !socket.IsInside && !IsAsking(socket, ownPorts)).ToList();
        if (listed is null)
        {
            return new HealthItem("sockets", HealthState.Ok, $"What may listen on this system is not the appliance's to say; {Numbers(reachable.Count)} sockets do.");
        }

        var strange = reachable.Where(socket => !listed.Any(one => !one.IsInside && one.Protocol == socket.Protocol && one.Port == socket.Port))
            .OrderBy(socket => socket.Port).ThenBy(socket => socket.Protocol, StringComparer.Ordinal).ToList();
        return strange.Count == 0
            ? new HealthItem("sockets", HealthState.Ok, "Nothing listens but what should.")
            : new HealthItem(
                "sockets",
                HealthState.Warning,
                $"Something listens that is not on the list: {string.Join(", ", strange.Take(Shown).Select(Describe))}{(strange.Count > Shown ? $" and {Numbers(strange.Count - Shown)} more" : "")}.",
                "The appliance runs nothing but its own: find out what it is, and start the appliance from a fresh medium if nobody knows.");
    }

    private static bool IsAsking(ListeningSocket socket, (int First, int Last) ownPorts) =>
        socket.Protocol == "udp" && (s_asking.Contains(socket.Port) || (socket.Port >= ownPorts.First && socket.Port <= ownPorts.Last));

    private static string Describe(ListeningSocket socket) => string.Create(CultureInfo.InvariantCulture, $"{socket.Protocol} {socket.Port} (user {socket.User})");

    private static string Numbers(int number) => number.ToString(CultureInfo.InvariantCulture);
}
