using OsDeploy.Api.Accounts;
using OsDeploy.Api.Appliance;
using OsDeploy.SetUp;

namespace OsDeploy.Api;

/// <summary>
/// Network, name, time zone and language of an appliance that was started from its own medium. One that runs on somebody's Linux answers 409
/// <c>appliance-settings-none</c>.
/// </summary>
public static class SettingsApi
{
    private const string Root = "/api/v1/appliance-settings";

    public static ApiRoute<Nothing, ApplianceSettingsView> Show { get; } = new("GET", Root, Access.Of(Right.View), null, ApiJson.Default.ApplianceSettingsView);

    /// <summary>What is not the network holds at once. Another network is on trial until it is kept: <see cref="ApplianceSettingsView.Trial"/>.</summary>
    public static ApiRoute<ApplianceSettings, ApplianceSettingsView> Change { get; } =
        new("PUT", Root, Access.Of(Right.Administer), ApiJson.Default.ApplianceSettings, ApiJson.Default.ApplianceSettingsView, MaxBody: 4096);

    /// <summary>The network on trial is right. 409 <c>network-trial-over</c>.</summary>
    public static ApiRoute<Nothing, ApplianceSettingsView> Keep { get; } = new("POST", Root + "/trial", Access.Of(Right.Administer), null, ApiJson.Default.ApplianceSettingsView);

    /// <summary>Goes back to the network before, at once. 409 <c>network-trial-over</c>.</summary>
    public static ApiRoute<Nothing, ApplianceSettingsView> GoBack { get; } = new("DELETE", Root + "/trial", Access.Of(Right.Administer), null, ApiJson.Default.ApplianceSettingsView);

    /// <summary>The volume grows onto what its disk has got behind it.</summary>
    public static ApiRoute<Nothing, GrownVolume> Grow { get; } =
        new("POST", Root + "/volume", Access.Of(Right.Administer), null, ApiJson.Default.GrownVolume) { Patience = TimeSpan.FromMinutes(30) };

    public static IReadOnlyList<ApiRoute> All { get; } = [Show, Change, Keep, GoBack, Grow];
}
