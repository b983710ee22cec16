using OsDeploy.Api.Appliance;
using OsDeploy.SetUp;

namespace OsDeploy.Cli.Output;

/// <summary>What the appliance's own system was told, for people.</summary>
internal static class ApplianceSettingsText
{
    public static void Write(TextWriter writer, ApplianceSettingsView view, TimeProvider clock)
    {
        var settings = view.Settings;
        new Facts()
            .Add("name", settings.HostName)
            .Add("time zone", settings.TimeZone)
            .Add("language", settings.Language)
            .Add("keyboard", settings.Keyboard)
            .Add("network", TextOf(settings.Network))
            .Add("on trial", view.Trial is { } trial ? $"{TextOf(trial.Network)}, until {LocalTime.Of(clock, trial.Until)}: `osdeploy appliance keep-network` keeps it" : null)
            .Add("network cards", string.Join(", ", view.Cards.Select(card => $"{card.Name} {card.Mac} {card.Address ?? (card.IsUp ? "no address" : "no cable")}")))
            .Write(writer);
    }

    private static string TextOf(NetworkSettings network)
    {
        var gateway = network.Gateway is { } router ? ", router " + router : "";
        var dns = network.Dns is { Count: > 0 } servers ? ", DNS " + string.Join(' ', servers) : "";
        return $"{network.Interface}, {network.Address ?? "by DHCP"}{gateway}{dns}";
    }
}
