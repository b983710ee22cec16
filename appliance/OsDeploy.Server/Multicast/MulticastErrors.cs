using OsDeploy.Text;

namespace OsDeploy.Server.Multicast;

/// <summary>Every sentence about carousels that refuses a request.</summary>
internal static class MulticastErrors
{
    public static UserErrorException Invalid(string what, string? value, string allowed) => new(
        "multicast-settings-invalid", $"{what} of the multicast settings cannot be {Printable.Of(value, 64)}.", $"Choose {allowed}.");

    public static UserErrorException Missing() => new(
        "carousel-missing",
        "There is no such carousel.",
        "It has ended or the appliance was restarted: hosts go on by HTTPS by themselves. `osdeploy carousel list` shows what runs.");

    public static UserErrorException NeedMalformed() => new(
        "request-malformed",
        "What a host needs is one bit per chunk of its version.",
        "Agent and appliance are of different versions: restart the host over the network.");
}
