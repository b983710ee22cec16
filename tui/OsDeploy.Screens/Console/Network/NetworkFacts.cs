using OsDeploy.Screens.Session;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Network;

/// <summary>Where the appliance is reached.</summary>
internal static class NetworkFacts
{
    /// <summary>Empty until the appliance was heard.</summary>
    public static IReadOnlyList<Fact> Of(Snapshot now, string session, TimeZoneInfo zone) => now.Status is not { } status ? [] : Fact.Of(
    [
        (Words.Network.Name, Printable.Of(status.Name)),
        .. status.Addresses.Select(address => (Words.Network.Address, (string?)Printable.Of(address))),
        (Words.Network.Words, status.Fingerprint),
        (Words.Network.Console, Printable.Of(session)),
        (Words.Network.Service, now.LostSince is null ? "+ " + Words.Network.Up : "! " + Words.Network.Down),
        (Words.Network.Since, Times.Of(status.StartedAt, zone)),
    ]);
}
