using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Console.Accounts;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class AccountScreenTests
{
    private const string NewWord = "four more random words";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts_stand_with_role_rooms_and_tokens()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.UntilShown("tom");
        run.Look(screen => Golden.Check(Masked.Of(screen), "Accounts"));
        run.Run(at => new AccountScreen(at));
    }

    [Fact]
    public async Task An_account_is_made_and_can_log_in()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.UntilShown("tom");
        run.Press(Key.F7);
        run.UntilShown("New account");
        run.Type("ines");
        run.Alt('p');
        run.Type(TestDaemon.Password);
        run.Alt('a');
        run.Type(TestDaemon.Password + "x");
        run.Alt('s');
        run.UntilShown("! Choose one of the list.");
        run.Press(Key.Esc);
        run.UntilGone("New account");
        run.Run(at => new AccountScreen(at));

        var form = new AccountForm(run.Context, null).Model;
        form.Get<OsDeploy.Screens.Forms.TextEntry>("name").Value = "ines";
        form.Get<OsDeploy.Screens.Forms.ChoiceEntry>("role").Value = "imager";
        form.Get<OsDeploy.Screens.Forms.SecretEntry>("password").Value = TestDaemon.Password;
        Assert.Equal("The two passwords are not the same.", Again(form, "other").Check()?.Text);
        Assert.Null(Again(form, TestDaemon.Password).Check());
        await form.Actions[0].Run(Cancel);
        Assert.NotEmpty(await run.Daemon.LoginAsync("ines"));
    }

    [Fact]
    public async Task Only_what_is_different_is_sent()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        var desk = new AccountDesk(run.Context, TimeZoneInfo.Utc);
        await desk.ReadAsync(Cancel);
        var form = new AccountForm(run.Context, desk.Accounts.Single(account => account.Name == "tom"));

        Assert.Equal(new OperatorChange(), form.Change);
        await Assert.ThrowsAsync<UserErrorException>(() => form.Model.Actions[0].Run(Cancel));
        form.Model.Get<OsDeploy.Screens.Forms.ChoiceEntry>("role").Value = "viewer";
        Assert.Equal((Role.Viewer, (bool?)null), (form.Change.Role, form.Change.IsDisabled));
        Assert.Empty(form.Change.Rooms!);
        await form.Model.Actions[0].Run(Cancel);
        await desk.ReadAsync(Cancel);
        Assert.Equal(Role.Viewer, desk.Accounts.Single(account => account.Name == "tom").Role);
    }

    [Fact]
    public async Task The_own_password_is_set_with_the_present_one()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync, "tom");
        run.UntilShown("tom");
        run.Press(Key.F8);
        run.UntilShown("Only an administrator may do this.");
        run.Press(Key.Enter);
        run.UntilShown("Set the password of tom");
        run.Type(TestDaemon.Password);
        run.Press(Key.Tab);
        run.Type(NewWord);
        run.Press(Key.Tab);
        run.Type(NewWord);
        run.Look(screen => Assert.DoesNotContain("random words", screen, StringComparison.Ordinal));
        run.Press(Key.Enter);
        run.UntilShown("The password of tom is set.");
        run.Run(at => new AccountScreen(at));

        Assert.NotEmpty(await run.Daemon.LoginAsync("tom", NewWord));
    }

    [Fact]
    public async Task A_token_is_shown_once_and_can_be_taken_back()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.UntilShown("tom");
        run.Press(Key.F3);
        run.UntilShown("+ a new token");
        run.Press(Key.Enter);
        run.UntilShown("Make token");
        run.Type("wall");
        run.Press(Key.Enter);
        run.UntilShown("It is shown this once");
        run.Press(Key.Enter);
        run.Terminal.Until(() => run.Terminal.Text.Split('\n').Any(line => line.Contains("anna", StringComparison.Ordinal) && line.Contains(" 2 ", StringComparison.Ordinal)));
        run.Type("t");
        run.UntilShown("- delete wall");
        run.Press(Key.CursorDown, Key.CursorDown, Key.Enter);
        run.UntilShown("use wall are refused");
        run.Alt('d');
        run.UntilShown("Deleted the token");
        run.Run(at => new AccountScreen(at));

        var anna = (await run.Daemon.Admin.CallAsync(AccountApi.List, Cancel)).Single(account => account.Name == TestDaemon.Anna);
        Assert.Equal(["nightly"], anna.Tokens);
    }

    [Fact]
    public async Task An_account_goes_once_its_name_is_typed()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.UntilShown("tom");
        run.Press(Key.CursorDown, Key.F8);
        run.UntilShown("Delete an account");
        run.Type("tom");
        run.Alt('d');
        run.UntilShown("Deleted the account tom.");
        run.Run(at => new AccountScreen(at));

        Assert.DoesNotContain(await run.Daemon.Admin.CallAsync(AccountApi.List, Cancel), account => account.Name == "tom");
    }

    internal static async Task PrepareAsync(TestDaemon daemon)
    {
        await daemon.AddRoomAsync("r101");
        await daemon.AddRoomAsync("r102");
        await daemon.AddOperatorAsync("tom", Role.RoomOperator, "r101", "r102");
        await daemon.Admin.CallAsync(AccountApi.AddToken, new NewToken("nightly"), Cancel, TestDaemon.Anna);
    }

    private static OsDeploy.Screens.Forms.FormModel Again(OsDeploy.Screens.Forms.FormModel form, string password)
    {
        form.Get<OsDeploy.Screens.Forms.SecretEntry>("again").Value = password;
        return form;
    }
}
