using OsDeploy.Text;

namespace OsDeploy.SetUp;

/// <summary>Every sentence about what an appliance is told at its first start.</summary>
internal static class SetUpErrors
{
    public static UserErrorException Interface(string name) => new(
        "network-interface", $"\"{Printable.Of(name, 20)}\" cannot be the name of a network card.", "`ip -brief link` shows which there are.");

    public static UserErrorException Address(string text) => new(
        "network-address",
        $"\"{Printable.Of(text, 40)}\" is not an address that the appliance can have.",
        "Write an IPv4 address with the length of its network, such as 10.0.0.1/24.");

    public static UserErrorException Gateway(string text) => new(
        "network-gateway",
        $"\"{Printable.Of(text, 40)}\" cannot be the router of this network.",
        "It is another address of the same network as the appliance's own; leave it out where DHCP tells it, or where there is none.");

    public static UserErrorException Dns(string text) => new(
        "network-dns", $"\"{Printable.Of(text, 80)}\" are not name servers.", "Write up to four IPv4 addresses; leave them out where DHCP tells them.");

    public static UserErrorException HostName(string text) => new(
        "appliance-name", $"\"{Printable.Of(text, 40)}\" cannot be the name of the appliance.", "Take 1 to 15 letters, digits and dashes, not only digits, no dash at either end.");

    public static UserErrorException TimeZone(string text) => new(
        "time-zone", $"There is no time zone \"{Printable.Of(text, 40)}\".", "Write it as the zone database does, such as Europe/Berlin.");

    public static UserErrorException Language(string text) => new(
        "appliance-language", $"The screens do not speak \"{Printable.Of(text, 20)}\".", "Choose en, de or fr.");

    public static UserErrorException Keyboard(string text) => new(
        "appliance-keyboard", $"There is no keyboard \"{Printable.Of(text, 20)}\".", $"Choose one of {string.Join(", ", ApplianceSettings.Keyboards)}.");

    public static UserErrorException Settings(string path, Exception? cause = null) => new(
        "appliance-settings",
        $"{Printable.Of(path)} cannot be read as the settings of an appliance.",
        "Look at it, or remove it and run `osdeploy first-start`, which asks for them again and keeps everything else.",
        cause);
}
