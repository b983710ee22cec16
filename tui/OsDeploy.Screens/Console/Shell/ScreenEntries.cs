using OsDeploy.Screens.Console.Configurations;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Overview;
using OsDeploy.Screens.Console.Rooms;

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
        new(() => Words.Actions.MenuView, () => Words.Actions.JobsTitle, () => new JobsScreen(at)),
    ];
}
