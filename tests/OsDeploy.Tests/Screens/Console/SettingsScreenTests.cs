using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Console.About;
using OsDeploy.Screens.Console.Settings;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Tests.Notifications;
using OsDeploy.Tui.Configuration;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class SettingsScreenTests
{
    // Of a key that is new each time, and of the port it listens at.
    private const string OfThisRun = @"([a-z]{5} ){3}[a-z]{5}|https://127\.0\.0\.1:\d+|osdeploy \d+\.\d+\.\d+";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_can_be_set_stands_before_what_is_fixed()
    {
        await using var run = await ScreenRun.StartAsync();
        run.UntilShown("Language");
        run.Look(screen => Golden.Check(Masked.Of(screen), "Settings"));
        run.Press(Key.End, Key.Enter);
        run.UntilShown("This is fixed.");
        run.Run(at => new SettingsScreen(at));
    }

    [Fact]
    public async Task The_language_changes_at_once()
    {
        await using var run = await ScreenRun.StartAsync();
        Language? used = null;
        void Heard(object? sender, EventArgs e) => used = Language.Current;
        Language.Changed += Heard;
        run.UntilShown("Language");
        run.Press(Key.Enter);
        run.UntilShown("Deutsch");
        run.Press(Key.CursorDown, Key.Enter);
        run.UntilShown("Hoher Kontrast");
        run.Run(at => new SettingsScreen(at));
        Language.Changed -= Heard;

        Assert.Equal(Language.German, used);
    }

    [Fact]
    public async Task High_contrast_is_a_switch()
    {
        await using var run = await ScreenRun.StartAsync();
        var before = ThemeManager.Theme;
        run.UntilShown("High contrast");
        run.Press(Key.CursorDown, Key.Enter);
        run.UntilShown("High contrast is on.");
        run.Terminal.Then(() => Assert.NotEqual(before, ThemeManager.Theme));
        run.Press(Key.Enter);
        run.UntilShown("High contrast is off.");
        run.Run(at => new SettingsScreen(at));

        Assert.Equal(before, ThemeManager.Theme);
    }

    [Theory]
    [InlineData("2026-11-21 13:52", "2026-11-21T12:52:00Z")]
    [InlineData(" 2026-07-01 00:30 ", "2026-06-30T22:30:00Z")]
    [InlineData("2026-03-29 02:30", null)]
    [InlineData("21.11.2026 13:52", null)]
    [InlineData("2026-11-21 25:00", null)]
    public void A_time_is_that_of_the_clock_on_the_wall(string typed, string? utc)
    {
        var summer = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date,
            DateTime.MaxValue.Date,
            TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday));
        var zone = TimeZoneInfo.CreateCustomTimeZone("school", TimeSpan.FromHours(1), null, null, null, [summer]);

        Assert.Equal(utc, ClockForm.Parse(typed, zone)?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_backup_goes_into_a_new_file_for_its_owner()
    {
        using var folder = new TemporaryFolder();
        await using var run = await ScreenRun.StartAsync();
        var form = new BackupForm(run.Context, StillClock.Now);
        var file = form.Model.Get<TextEntry>("file");
        Assert.Equal("/var/backups/osdeploy-20261120-0800.osdbackup", file.Value);
        foreach (var wrong in new[] { "backup.db", "/" })
        {
            file.Value = wrong;
            Assert.NotNull(form.Model.Check());
        }

        file.Value = folder["no such folder/b.db"];
        Assert.Equal("file-unwritable", (await Assert.ThrowsAsync<UserErrorException>(() => form.Model.Actions[0].Run(Cancel))).Code);
        Assert.Null(form.Written);
        file.Value = folder["b.db"];
        await form.Model.Actions[0].Run(Cancel);

        var bytes = await File.ReadAllBytesAsync(file.Value, Cancel);
        Assert.Equal(bytes.Length, form.Written);
        Assert.Equal([0x1F, 0x8B], bytes[..2]); // gzip
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Value));
        Assert.Equal([file.Value], Directory.GetFiles(Path.GetDirectoryName(file.Value)!));
        Assert.NotNull(form.Model.Check());
    }

    [Fact]
    public async Task How_often_failed_jobs_are_tried_again_is_set()
    {
        await using var run = await ScreenRun.StartAsync();
        var form = RetriesForm.Of(run.Context, await run.Daemon.Admin.CallAsync(JobApi.Settings, Cancel));
        form.Get<NumberEntry>("retries").Text = "4";
        Assert.NotNull(form.Check());
        form.Get<NumberEntry>("retries").Text = "3";
        await form.Actions[0].Run(Cancel);
        run.UntilShown("Failed jobs are tried again");
        run.Press(Key.CursorDown, Key.CursorDown, Key.CursorDown, Key.CursorDown, Key.Enter);
        run.UntilShown("How often, by itself");
        run.UntilShown("3");
        run.Alt('s');
        run.UntilShown("That holds from now on.");
        run.UntilShown("3 times");
        run.Run(at => new SettingsScreen(at));

        Assert.Equal(new JobSettings(3), await run.Daemon.Admin.CallAsync(JobApi.Settings, Cancel));
    }

    [Fact]
    public async Task Who_is_told_of_alarms_is_set_and_tried_at_once()
    {
        await using var server = new MailServer();
        await using var run = await ScreenRun.StartAsync();
        var form = new NotificationForm(run.Context, await run.Daemon.Admin.CallAsync(NotificationApi.Show, Cancel));
        Assert.Null(form.Model.Check());
        form.Model.Get<TextEntry>("server").Value = "127.0.0.1";
        Assert.Equal("from", form.Model.Check()?.Field?.Id);
        form.Model.Get<TextEntry>("from").Value = "a@b.example";
        form.Model.Get<TextEntry>("to").Value = "c@d.example; e@f.example";
        form.Model.Get<NumberEntry>("port").Text = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        form.Model.Get<CheckEntry>("starttls").Value = false;
        Assert.Null(form.Model.Check());
        await form.Model.Actions[1].Run(Cancel);

        Assert.Equal("mail: sent", NotificationForm.TextOf(form.Test!));
        Assert.Equal(["RCPT TO:<c@d.example>", "RCPT TO:<e@f.example>"], Assert.Single(server.Mails).To);
        Assert.Equal(["c@d.example", "e@f.example"], (await run.Daemon.Admin.CallAsync(NotificationApi.Show, Cancel)).Mail!.To);
    }

    [Fact]
    public async Task Switching_off_wants_its_word_and_what_cannot_be_done_is_told()
    {
        await using var run = await ScreenRun.StartAsync();
        run.UntilShown("Switch the appliance off");
        run.Press(Key.CursorDown, Key.CursorDown, Key.CursorDown, Key.CursorDown, Key.CursorDown, Key.CursorDown, Key.Enter);
        run.UntilShown("Nothing can be restored until");
        run.Look(screen => Golden.Check(Masked.Of(screen), "PowerOff"));
        run.Alt('s');
        run.UntilShown("! Something must be entered here.");
        run.Type("off");
        run.Alt('s');
        run.UntilShown("That did not work");
        run.Press(Key.Enter, Key.Esc);
        run.UntilGone("Nothing can be restored until");
        run.Run(at => new SettingsScreen(at));
    }

    [Fact]
    public async Task The_about_screen_says_what_this_is()
    {
        await using var run = await ScreenRun.StartAsync();
        run.UntilShown("This console");
        run.Look(screen => Golden.Check(Masked.Of(screen, OfThisRun), "About"));
        run.Run(AboutScreen.Of);
    }
}
