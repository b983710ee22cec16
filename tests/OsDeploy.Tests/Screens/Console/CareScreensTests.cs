using OsDeploy.Api.Appliance;
using OsDeploy.Cli;
using OsDeploy.Images;
using OsDeploy.Screens.Console.About;
using OsDeploy.Screens.Console.Accounts;
using OsDeploy.Screens.Console.Alarms;
using OsDeploy.Screens.Console.Audit;
using OsDeploy.Screens.Console.Domains;
using OsDeploy.Screens.Console.Health;
using OsDeploy.Screens.Console.Network;
using OsDeploy.Screens.Console.Settings;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Console.Store;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Tests.Cli;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tui.Input;
using Xunit;
using VersionDeletion = OsDeploy.Screens.Console.Store.VersionDeletion;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>What holds for all the screens that look after the appliance.</summary>
public sealed class CareScreensTests
{
    // Moving and filtering in a list.
    private const string TakenLetters = "jk/? ";

    // How a dialog ends that has no room for all of its text.
    private const string CutText = "\u2551 ~";

    private static readonly Func<Workplace, ScreenView>[] s_screens =
    [
        at => new StoreScreen(at, ImageKind.Image), at => new StoreScreen(at, ImageKind.Manual), at => new AccountScreen(at), at => new JoinAccountScreen(at), at => new AuditScreen(at),
        at => new AlarmScreen(at), at => new HealthScreen(at), at => new SettingsScreen(at), at => new NetworkScreen(at), at => new BuildsScreen(at), AboutScreen.Of,
    ];

    public static TheoryData<string> Languages => [.. Language.All.Select(language => language.Code)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task No_two_actions_of_a_screen_share_a_key_or_a_letter(string code)
    {
        Language.Use(Language.Find(code)!);
        await using var run = await ScreenRun.StartAsync();
        foreach (var open in s_screens)
        {
            using var screen = open(run.At);
            Assert.NotEmpty(screen.Help);
            Assert.Equal(screen.Actions.Count, screen.Actions.Select(action => action.Key).Distinct().Count());
            var letters = screen.Actions.Select(action => HotKey.Of(action.Label)!.Value).Append(HotKey.Of(Dialogue.LeaveKey)!.Value).ToList();
            Assert.True(letters.Distinct().Count() == letters.Count && !letters.Any(TakenLetters.Contains), $"{screen.Heading}: {new string([.. letters])}");
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task No_two_fields_and_buttons_of_a_form_share_a_letter(string code)
    {
        Language.Use(Language.Find(code)!);
        await using var run = await ScreenRun.StartAsync(StoreScreenTests.PrepareAsync);
        foreach (var form in await FormsAsync(run))
        {
            var labels = form.Fields.Where(field => field.IsQuestion).Select(field => field.Label).Concat(form.Actions.Select(action => action.Label)).Append(Common.Cancel);
            var letters = labels.Select(HotKey.Of).OfType<char>().ToList();
            Assert.True(letters.Distinct().Count() == letters.Count, $"{form.Title}: {new string([.. letters])}");
            Assert.NotEmpty(form.Help);
        }
    }

    [Fact]
    public async Task Every_command_that_a_screen_shows_is_one()
    {
        await using var run = await ScreenRun.StartAsync(StoreScreenTests.PrepareAsync);
        var root = new OsDeployCommand(new OsDeploy.Cli.Session(TestTerminal.Piped().Terminal, TimeProvider.System, TestTerminal.NoLogins));
        List<CommandLine> commands = [.. (await FormsAsync(run)).SelectMany(form => form.Equivalent?.Invoke() ?? [])];
        commands.AddRange(s_screens.SelectMany(open =>
        {
            using var screen = open(run.At);
            return screen.Actions.SelectMany(action => action.Command?.Invoke() ?? []).ToList();
        }));
        var row = (await RowsAsync(run))[0];
        commands.AddRange(new[] { StoreCommands.MakeCurrent(row), StoreCommands.Compare(row, row), StoreCommands.Undelete(row), StoreCommands.Check(null), StoreCommands.Delete(row with { Kind = ImageKind.Manual }) }.OfType<CommandLine>());

        Assert.True(commands.Count > 20, $"only {commands.Count}");
        Assert.All(commands, command => Assert.Empty(root.Parse([.. command.Arguments]).Errors));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Nothing_is_cut_on_eighty_columns(string code)
    {
        Language.Use(Language.Find(code)!);
        await using var run = await ScreenRun.StartAsync(StoreScreenTests.PrepareAsync);
        run.UntilShown("win11");
        run.Look(AssertWhole);
        run.Press(Key.F8);
        run.UntilShown("[<");
        run.Look(AssertWhole);
        run.Press(Key.Esc);
        run.UntilGone("[<");
        run.Terminal.Then(() => run.At.Frame.Push(new SettingsScreen(run.At)));
        run.UntilShown(SettingsTitle(code));
        run.Look(AssertWhole);
        run.Terminal.Then(() => run.At.Frame.Push(new NetworkScreen(run.At)));
        run.UntilShown("osdeployd");
        run.Look(AssertWhole);
        run.Run(at => new StoreScreen(at, ImageKind.Image));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_help_of_every_screen_fits_on_the_smallest_terminal(string code)
    {
        Language.Use(Language.Find(code)!);
        await using var run = await ScreenRun.StartAsync(StoreScreenTests.PrepareAsync);
        var opened = 0;
        foreach (var open in s_screens)
        {
            run.Terminal.Then(() =>
            {
                run.At.Frame.Push(open(run.At));
                opened++;
            });
            run.Press(Key.F1);
            run.UntilShown("[<");
            run.Look(screen => Assert.False(screen.Contains(CutText, StringComparison.Ordinal), screen));
            run.Press(Key.Enter);
            run.UntilGone("[<");
        }

        run.Run(at => new AlarmScreen(at));

        Assert.Equal(s_screens.Length, opened);
    }

    private static string SettingsTitle(string code) => code switch
    {
        "de" => "EINSTELLUNG",
        "fr" => "REGLAGE",
        _ => "SETTING",
    };

    // The toolkit marks what it has cut.
    private static void AssertWhole(string screen) => Assert.DoesNotContain("~", screen, StringComparison.Ordinal);

    private static async Task<IReadOnlyList<VersionRow>> RowsAsync(ScreenRun run)
    {
        var desk = new StoreDesk(run.Context, ImageKind.Image, new StillClock());
        await desk.ReadAsync(Cancel);
        return desk.Rows;
    }

    private static async Task<IReadOnlyList<FormModel>> FormsAsync(ScreenRun run)
    {
        var store = new StoreDesk(run.Context, ImageKind.Image, new StillClock());
        await store.ReadAsync(Cancel);
        var accounts = new AccountDesk(run.Context, TimeZoneInfo.Utc);
        await accounts.ReadAsync(Cancel);
        var anna = accounts.Accounts.Single();
        var prune = (await PruneForm.PrepareAsync(store, Cancel)).Model;
        prune.Get<CheckEntry>("now").Value = true;
        var room = new AccountForm(run.Context, null).Model;
        room.Get<ChoiceEntry>("role").Value = "room-operator";
        return
        [
            new VersionDeletion(store, store.Rows[0], null).Model, prune, new CheckForm(store, store.Rows[0]).Model,
            room, new AccountForm(run.Context, anna).Model, PasswordForm.Of(accounts, TestDaemon.Anna), PasswordForm.Of(accounts, "tom"),
            new TokenForm(run.Context, anna).Model, AccountDeletion.Of(accounts, anna),
            ClockForm.Of(run.Context, StillClock.Now, TimeZoneInfo.Utc), new BackupForm(run.Context, StillClock.Now).Model, new SupportForm(run.Context, StillClock.Now).Model,
            PowerForm.Of(run.Context, PowerAction.Restart), PowerForm.Of(run.Context, PowerAction.Off),
        ];
    }
}
