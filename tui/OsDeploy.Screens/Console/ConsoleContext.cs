using OsDeploy.Screens.Session;

namespace OsDeploy.Screens.Console;

/// <summary>What every screen of the console is given: whom it talks to, and what is known now.</summary>
/// <param name="Latest">The newest snapshot.</param>
internal sealed record ConsoleContext(ApplianceSession Session, Func<Snapshot> Latest)
{
    public ConsoleContext(ApplianceSession session, ApplianceFeed feed)
        : this(session, () => feed.Current)
    {
    }

    public Snapshot Now => Latest();
}
