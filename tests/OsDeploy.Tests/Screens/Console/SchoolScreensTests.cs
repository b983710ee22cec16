using OsDeploy.Images;
using OsDeploy.Screens.Console;
using OsDeploy.Screens.Console.Configurations;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Overview;
using OsDeploy.Screens.Console.Rooms;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>Screens over a school that is only remembered: nobody answers, so each is the same every time.</summary>
public sealed class SchoolScreensTests
{
    public static TheoryData<string> Names => ["school-rooms", "school-configurations", "school-plan", "school-versions", "school-hosts", "school-overview"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_screen_looks_as_it_did(string name) => Run(name, terminal => terminal.Then(() => Golden.Check(terminal.Text, name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_letter_does_one_thing_on_a_screen_in_every_language(string name)
    {
        foreach (var language in Language.All)
        {
            Language.Use(language);
            using var at = new Place();
            using var screen = ScreenOf(name, at.Workplace);
            var letters = screen.Actions.Select(action => HotKey.Of(action.Label)).ToList();
            Assert.True(letters.Distinct().Count() == letters.Count && !letters.Contains(null), $"{name}, {language.Code}: {string.Join(" / ", screen.Actions.Select(action => action.Label))}");
            Assert.Equal(screen.Actions.Count, screen.Actions.Select(action => action.Key).Distinct().Count());
            Assert.NotEmpty(screen.Help);
            Assert.InRange(screen.Heading.Length, 1, 70);
        }
    }

    [Theory]
    [InlineData("school-rooms")]
    [InlineData("school-configurations")]
    public void What_is_typed_filters_and_Esc_shows_all_again(string name)
    {
        var seen = "";
        Run(name, terminal =>
        {
            terminal.Type("/");
            terminal.Type("nothing like it");
            terminal.Then(() => seen = terminal.Text);
            terminal.Press(OsDeploy.Tui.Input.Key.Esc);
            terminal.UntilShown("win11");
        });
        Assert.DoesNotContain("win11", seen, StringComparison.Ordinal);
    }

    private static ScreenView ScreenOf(string name, Workplace at) => name switch
    {
        "school-rooms" => new RoomsScreen(at),
        "school-configurations" => new ConfigurationsScreen(at),
        "school-plan" => new PlanScreen(at, "c-win11"),
        "school-versions" => new VersionsScreen(at, ImageKind.Image, ImageName.Parse("win11")),
        "school-hosts" => new HostsScreen(at),
        _ => new OverviewScreen(at),
    };

    private static void Run(string name, Action<MemoryTerminal> script)
    {
        using var at = new Place();
        at.Terminal.UntilShown(name is "school-overview" ? "6 hosts" : name is "school-hosts" ? "office" : name is "school-versions" ? "bbbbbb" : name is "school-plan" ? "System" : "win11");
        if (name is "school-plan" or "school-versions")
        {
            at.Terminal.UntilShown("Nobody is logged in");
        }

        script(at.Terminal);
        at.Terminal.Then(() => at.App.RequestStop(at.Workplace.Frame));
        at.Workplace.Frame.Go(ScreenOf(name, at.Workplace));
        at.App.Run(at.Workplace.Frame);
    }

    private sealed class Place : IDisposable
    {
        private readonly ConsoleContext _context = SampleSchool.ContextOf(SampleSchool.Small);

        public Place()
        {
            App = new Application(TimeProvider.System);
            App.Init(Terminal);
            var dialogs = new Dialogs(App, new SchoolClock());
            var frame = new ScreenFrame(dialogs, []);
            dialogs.Ground = frame;
            Workplace = new Workplace(dialogs, _context, new ApplianceFeed(_context.Session, new SchoolClock()), frame);
        }

        public MemoryTerminal Terminal { get; } = new() { Patience = TimeSpan.FromSeconds(20) };

        public Application App { get; }

        public Workplace Workplace { get; }

        public void Dispose()
        {
            Workplace.Frame.Dispose();
            App.Dispose();
            Terminal.Dispose();
            _context.Session.Dispose();
        }
    }

    private sealed class SchoolClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => SampleSchool.Now;
    }
}
