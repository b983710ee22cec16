using OsDeploy.Images;
using OsDeploy.Screens.Console.About;
using OsDeploy.Screens.Console.Accounts;
using OsDeploy.Screens.Console.Additions;
using OsDeploy.Screens.Console.Alarms;
using OsDeploy.Screens.Console.Audit;
using OsDeploy.Screens.Console.Configurations;
using OsDeploy.Screens.Console.Domains;
using OsDeploy.Screens.Console.Health;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Network;
using OsDeploy.Screens.Console.Overview;
using OsDeploy.Screens.Console.Rooms;
using OsDeploy.Screens.Console.Settings;
using OsDeploy.Screens.Console.Store;
using OsDeploy.Screens.Console.Templates;

namespace OsDeploy.Screens.Console.Shell;

/// <summary>Every screen of the console, in the order of the menu. The first one comes up after the login.</summary>
internal static class ScreenEntries
{
    public static IReadOnlyList<ScreenEntry> All(Workplace at) =>
    [
        new(() => Words.Actions.MenuView, () => Words.Actions.OverviewTitle, () => new OverviewScreen(at)),
        new(() => Words.Actions.MenuView, () => Words.Actions.HostsTitle, () => new HostsScreen(at)),
        new(() => Words.Actions.MenuView, () => Words.Configurations.RoomsTitle, () => new RoomsScreen(at)),
        new(() => Words.Actions.MenuView, () => Words.Configurations.Title, () => new ConfigurationsScreen(at)),
        new(() => Words.Actions.MenuView, () => Words.Templates.Title, () => new TemplatesScreen(at)),
        new(() => Words.Actions.MenuView, () => Words.Additions.Title, () => new AdditionsScreen(at)),
        new(() => Words.Actions.MenuView, () => Words.Actions.JobsTitle, () => new JobsScreen(at)),
        new(() => Words.Actions.MenuView, () => Words.Alarms.Title, () => new AlarmScreen(at)),
        new(() => Words.Actions.MenuImages, () => Words.Store.Title, () => new StoreScreen(at, ImageKind.Image)),
        new(() => Words.Actions.MenuImages, () => Words.Store.ManualTitle, () => new StoreScreen(at, ImageKind.Manual)),
        new(() => Words.Actions.MenuAppliance, () => Words.Accounts.Title, () => new AccountScreen(at)),
        new(() => Words.Actions.MenuAppliance, () => Words.Domains.Title, () => new JoinAccountScreen(at)),
        new(() => Words.Actions.MenuAppliance, () => Words.Audit.Title, () => new AuditScreen(at)),
        new(() => Words.Actions.MenuAppliance, () => Words.Network.Title, () => new NetworkScreen(at)),
        new(() => Words.Actions.MenuAppliance, () => Words.Starting.BuildsTitle, () => new BuildsScreen(at)),
        new(() => Words.Actions.MenuAppliance, () => Words.Health.Title, () => new HealthScreen(at)),
        new(() => Words.Actions.MenuAppliance, () => Words.Settings.Title, () => new SettingsScreen(at)),
        new(() => Words.Actions.MenuAppliance, () => Words.About.Title, () => AboutScreen.Of(at)),
    ];
}
