using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Console.Domains;
using OsDeploy.Screens.Console.Rooms;
using OsDeploy.Screens.Forms;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tui.Input;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>Where hosts belong, what they join with, and what they are called.</summary>
public sealed class DomainScreensTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_join_account_is_added_and_its_password_is_not_shown()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.UntilShown("school.local");
        run.Look(screen => Assert.DoesNotContain(JoiningSchool.JoinPassword, screen, StringComparison.Ordinal));
        run.Press(Key.F7);
        run.UntilShown("New join account");
        run.Type("other.local");
        run.Alt('u');
        run.Type("adder");
        run.Alt('p');
        run.Type("geheim");
        run.Alt('a');
        run.Type("geheim");
        run.Alt('s');
        run.UntilShown("other.local");
        run.Run(at => new JoinAccountScreen(at));

        Assert.Equal(["other.local adder", "school.local joiner"], (await run.Daemon.Admin.CallAsync(JoinApi.ListAccounts, Cancel)).Select(one => $"{one.Domain} {one.User}"));
    }

    [Fact]
    public async Task Passwords_that_differ_are_not_sent()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        var form = new JoinAccountForm(run.Context, Assert.Single(await run.Daemon.Admin.CallAsync(JoinApi.ListAccounts, Cancel))).Model;
        Assert.Equal("nothing-to-change", (await Assert.ThrowsAsync<UserErrorException>(() => form.Actions[0].Run(Cancel))).Code);
        form.Get<SecretEntry>("password").Value = "new";
        Assert.Equal("The two passwords are not the same.", form.Check()?.Text);
        form.Get<SecretEntry>("again").Value = "new";
        Assert.Null(form.Check());
        await form.Actions[0].Run(Cancel);
    }

    [Fact]
    public async Task Only_what_is_different_about_a_host_is_sent()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        await run.Daemon.Admin.CallAsync(HostApi.Change, new HostChange(Join: new JoinSettings("-", Workgroup: "LAB")), Cancel, "pc01");
        var form = JoinForm.Of(run.Context, await run.Daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01"));
        Assert.Equal("nothing-to-change", (await Assert.ThrowsAsync<UserErrorException>(() => form.Actions[0].Run(Cancel))).Code);
        form.Get<TextEntry>("ou").Value = "rooms";
        Assert.NotNull(form.Check());
        form.Get<TextEntry>("ou").Value = "OU=rooms,DC=school";
        form.Get<TextEntry>("domain").Value = "";
        await form.Actions[0].Run(Cancel);

        Assert.Equal(new JoinSettings(null, "OU=rooms,DC=school", "LAB"), (await run.Daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01")).Host.Join);
    }

    [Fact]
    public async Task A_configuration_is_told_its_domain_and_the_password_of_its_administrator()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        var form = JoinForm.Of(run.Context, await run.Daemon.Admin.CallAsync(ConfigurationApi.Show, Cancel, "lab"));
        form.Get<TextEntry>("domain").Value = "SCHOOL";
        await form.Actions[0].Run(Cancel);
        var view = await run.Daemon.Admin.CallAsync(ConfigurationApi.Show, Cancel, "lab");
        Assert.Equal((new JoinSettings("SCHOOL"), Secret.Mask), (view.Configuration.Join, view.Configuration.AdminPassword));
    }

    [Fact]
    public async Task A_room_is_renamed_after_its_new_names_were_shown()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        await run.Daemon.AddRoomAsync("r12");
        await run.Daemon.AddHostAsync(5, "old", "r12");
        var room = (await run.Daemon.Admin.CallAsync(HostApi.ListRooms, Cancel)).Single(view => view.Room.Name == "r12").Room;
        var wizard = new RoomRenameWizard(run.Context, room);
        var (ask, preview) = (wizard.Model.Pages[0].Form, wizard.Model.Pages[1]);
        ask.Get<TextEntry>("scheme").Value = "r12-pc";
        Assert.NotNull(ask.Check());
        ask.Get<TextEntry>("scheme").Value = "r12-pc{01..30}";
        Assert.Null(ask.Check());

        await preview.Prepare!(Cancel);
        Assert.Equal(["~ old             -> r12-pc01"], wizard.Lines);
        await preview.Form.Actions[0].Run(Cancel);

        Assert.Equal("r12", (await run.Daemon.Admin.CallAsync(HostApi.Show, Cancel, "r12-pc01")).Host.Room);
    }

    private static Task PrepareAsync(TestDaemon daemon) => JoiningSchool.PrepareAsync(daemon);
}
