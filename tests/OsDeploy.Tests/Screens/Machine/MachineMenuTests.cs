using OsDeploy.Api.Accounts;
using OsDeploy.Api.Agents;
using OsDeploy.Images;
using OsDeploy.Screens.Machine;
using Xunit;

namespace OsDeploy.Tests.Screens.Machine;

public sealed class MachineMenuTests
{
    private static readonly MachineOptions s_options = new("https://appliance", null, "osdeploy test");

    [Theory]
    [InlineData("master", Role.Imager, "Restore Partition Clone MBR Manual Clean Bash Quit About")]
    [InlineData("host", Role.RoomOperator, "Restore Partition MBR Manual Clean Bash Quit About")]
    [InlineData("host", Role.Admin, "Restore Partition Clone MBR Manual Clean Bash Quit About")]
    [InlineData("bare", Role.RoomOperator, "Manual Bash Quit About")]
    [InlineData("bare", Role.Imager, "Clone Manual Bash Quit About")]
    public void The_entries_stand_in_their_order(string computer, Role role, string tags) =>
        Assert.Equal(tags, string.Join(' ', MenuOf(StateOf(computer, role)).Entries.Select(entry => entry.Tag)));

    [Fact]
    public void A_computer_without_configuration_says_what_to_do() =>
        Assert.Contains("osdeploy host set NAME --config", MenuOf(StateOf("bare", Role.Imager)).Warning, StringComparison.Ordinal);

    [Theory]
    [InlineData(Role.RoomOperator, "Restore Partition MBR Bash Quit About")]
    [InlineData(Role.Viewer, "Bash Quit About")]
    [InlineData(Role.Imager, "Restore Partition Clone MBR Manual Clean Bash Quit About")]
    public void What_an_account_may_not_do_is_shown_and_cannot_be_chosen(Role role, string tags)
    {
        var entries = MenuOf(StateOf("master", role)).Entries;

        Assert.Equal(tags, Enabled(entries));
        Assert.All(entries.Where(entry => !entry.IsEnabled), entry => Assert.Equal("Your account may not do this.", entry.WhyNot));
        Assert.All(entries, entry => Assert.NotEmpty(entry.Help));
    }

    [Fact]
    public void Without_an_image_nothing_can_be_restored()
    {
        var state = StateOf("host", Role.Admin);
        var menu = MenuOf(state with { Facts = state.Facts! with { Image = null } });

        Assert.Equal("Clone Manual Clean Bash Quit About", Enabled(menu.Entries));
        Assert.StartsWith("There is no image of lab yet.", menu.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_restore_needs_no_login_and_everything_else_does()
    {
        var state = StateOf("host", null);
        var entries = MenuOf(state with { Facts = state.Facts! with { MayRestore = true } }).Entries;

        Assert.Equal("Restore Bash Quit About", string.Join(' ', entries.Where(entry => !entry.NeedsLogin).Select(entry => entry.Tag)));
        Assert.All(entries, entry => Assert.True(entry.IsEnabled, entry.Tag));
    }

    [Fact]
    public void While_the_server_is_away_or_the_computer_is_blocked_only_what_needs_no_server_can_be_chosen()
    {
        var away = MenuOf(StateOf("master", Role.Admin) with { Away = TimeSpan.FromSeconds(75) });
        Assert.Equal("Bash Quit About", Enabled(away.Entries));
        Assert.Contains("1:15", away.Warning, StringComparison.Ordinal);

        var blocked = MenuOf(StateOf("master", Role.Admin) with { Orders = new Orders(AgentState.Blocked, "pc01", "lab", null, null, 5) });
        Assert.Equal("Bash Quit About", Enabled(blocked.Entries));
        Assert.NotEmpty(blocked.Warning);
    }

    [Fact]
    public void The_shell_is_there_only_where_it_was_not_ruled_out()
    {
        var entry = new MachineMenu(StateOf("bare", Role.Admin), s_options with { WhyNoShell = "Only here." }).Entries.Single(entry => entry.Task == MachineTask.Bash);
        Assert.Equal((false, "Only here."), (entry.IsEnabled, entry.WhyNot));
    }

    internal static MachineState StateOf(string computer, Role? role)
    {
        var image = new ImageFacts(ImageName.Parse("lab"), VersionId.Of([1]), DateTimeOffset.UnixEpoch, []);
        var facts = new MachineFacts("appliance", "192.0.2.17", null, "pc01", "r101", "lab", "pc01", IsMaster: true, MayRestore: false, image, []);
        return new MachineState
        {
            Orders = new Orders(AgentState.Idle, "pc01", "lab", null, null, 5),
            Operator = role is { } known ? new Operator("anna", known, [], IsDisabled: false, []) : null,
            Facts = computer switch
            {
                "master" => facts,
                "host" => facts with { Master = "pc02", IsMaster = false },
                _ => facts with { Configuration = null, Master = null, IsMaster = false, Image = null },
            },
        };
    }

    private static MachineMenu MenuOf(MachineState state) => new(state, s_options);

    private static string Enabled(IEnumerable<MenuEntry> entries) => string.Join(' ', entries.Where(entry => entry.IsEnabled).Select(entry => entry.Tag));
}
