using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console.Shell;

/// <summary>What every screen of the console works with.</summary>
internal sealed record Workplace(Dialogs Dialogs, ConsoleContext Context, ApplianceFeed Feed, ScreenFrame Frame)
{
    public ApplianceSession Session => Context.Session;

    public Snapshot Now => Context.Now;

    /// <summary>All hosts as they are now, by name.</summary>
    public IReadOnlyList<HostRow> Hosts()
    {
        var list = new HostList();
        list.Update(Now, Feed.Now);
        return list.Rows;
    }
}
