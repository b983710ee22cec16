using OsDeploy.Text;

namespace OsDeploy.Server.Multicast;

/// <summary>Every sentence about the settings of carousels that refuses a request.</summary>
internal static class MulticastErrors
{
    public static UserErrorException Invalid(string what, string? value, string allowed) => new(
        "multicast-settings-invalid", $"{what} of the multicast settings cannot be {Printable.Of(value, 64)}.", $"Choose {allowed}.");
}
