using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Overview;

namespace OsDeploy.Screens.Console.Shell;

/// <summary>Every screen of the console, in the order of the menu. The first one comes up after the login.</summary>
internal static class ScreenEntries
{
    public static IReadOnlyList<ScreenEntry> All(Workplace at) =>
    [
        new(() => Words.Actions.MenuView, () => Words.Actions.OverviewTitle, () => new OverviewScreen(at)),
        new(() => Words.Actions.MenuView, () => Words.Actions.HostsTitle, () => new HostsScreen(at)),
        new(() => Words.Actions.MenuView, () => Words.Actions.JobsTitle, () => new JobsScreen(at)),
    ];
}
