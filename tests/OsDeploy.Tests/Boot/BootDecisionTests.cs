using OsDeploy.Api.Boot;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Boot;
using Xunit;

namespace OsDeploy.Tests.Boot;

public sealed class BootDecisionTests
{
    private static readonly JobState[] s_approved = [JobState.Waiting, JobState.Running, JobState.NeedsDisk];

    private static BootFacts Known => new(BootFirmware.Uefi, BootLoader.Grub, true, new BootHost("h1", "r101-pc01", IsBlocked: false), null, BootOptions.None, UnknownHosts.Tool, HasBuild: true);

    [Fact]
    public void A_host_without_a_job_goes_to_its_disk_and_shows_a_menu_on_a_key()
    {
        var decision = BootDecision.Of(Known);

        Assert.Equal((BootAction.Menu, BootReason.NothingToDo, false, true), (decision.Action, decision.Reason, decision.Waits, decision.OffersTool));
    }

    [Theory]
    [InlineData(BootMenu.OnKey, BootAction.Menu, false)]
    [InlineData(BootMenu.Always, BootAction.Menu, true)]
    [InlineData(BootMenu.Never, BootAction.LocalDisk, false)]
    public void The_menu_shows_itself_as_the_setting_says(BootMenu menu, object action, bool waits)
    {
        var decision = BootDecision.Of(Known with { Options = new BootOptions(Menu: menu) });

        Assert.Equal((action, waits), ((object)decision.Action, decision.Waits));
    }

    [Theory]
    [InlineData(JobState.Scheduled, BootAction.Menu, BootReason.NothingToDo, false, false)]
    [InlineData(JobState.NeedsDisk, BootAction.Agent, BootReason.JobApproved, true, false)]
    [InlineData(JobState.Waiting, BootAction.Agent, BootReason.JobApproved, true, true)]
    [InlineData(JobState.Running, BootAction.Agent, BootReason.JobApproved, true, true)]
    [InlineData(JobState.Frozen, BootAction.AgentMenu, BootReason.JobFrozen, false, false)]
    [InlineData(JobState.Ended, BootAction.Menu, BootReason.NothingToDo, false, false)]
    public void A_job_decides_by_its_state(JobState state, object action, object reason, bool isAuto, bool hasToken)
    {
        var decision = BootDecision.Of(Known with { Job = new BootJob("0000007", state, 0, IsWindowOpen: true) });

        Assert.Equal((action, reason, isAuto, hasToken), ((object)decision.Action, (object)decision.Reason, decision.IsAuto, decision.HasToken));
    }

    [Theory]
    [InlineData(0, BootAction.Agent)]
    [InlineData(2, BootAction.Agent)]
    [InlineData(3, BootAction.LocalDisk)]
    [InlineData(99, BootAction.LocalDisk)]
    public void Three_starts_without_a_word_end_the_loop(int starts, object action) =>
        Assert.Equal(action, BootDecision.Of(Known with { Job = new BootJob("0000007", JobState.Waiting, starts, IsWindowOpen: true) }).Action);

    [Theory]
    [InlineData(UnknownHosts.Tool, BootAction.AgentMenu)]
    [InlineData(UnknownHosts.Menu, BootAction.Menu)]
    [InlineData(UnknownHosts.Disk, BootAction.LocalDisk)]
    public void A_computer_that_is_nobody_gets_what_the_setting_says(UnknownHosts unknown, object action) =>
        Assert.Equal((action, (object)BootReason.UnknownHost), ((object)BootDecision.Of(Known with { Host = null, Unknown = unknown }).Action, (object)BootDecision.Of(Known with { Host = null, Unknown = unknown }).Reason));

    [Fact]
    public void A_wrong_password_shows_the_menu_again_and_a_right_one_starts_the_tool()
    {
        var asked = Known with { Loader = BootLoader.Ipxe, Wish = BootWish.Tool, NeedsPassword = true };

        Assert.Equal((BootAction.Menu, BootReason.PasswordWrong), (BootDecision.Of(asked).Action, BootDecision.Of(asked).Reason));
        Assert.Equal(BootAction.AgentMenu, BootDecision.Of(asked with { IsPasswordRight = true }).Action);
    }

    [Fact]
    public void Grub_offers_the_tool_where_it_can_ask_and_gives_it_to_nobody_who_only_says_so()
    {
        var asked = Known with { NeedsPassword = true };

        Assert.False(BootDecision.Of(asked).OffersTool);
        Assert.True(BootDecision.Of(asked with { HasVerifier = true }) is { OffersTool: true, AsksPassword: true, Action: BootAction.Menu });
        Assert.Equal(BootAction.Menu, BootDecision.Of(asked with { HasVerifier = true, Wish = BootWish.Tool }).Action);
    }

    [Fact]
    public void Host_and_configuration_go_before_the_model_and_the_model_before_the_usual_way()
    {
        var dell = Known with { Vendor = "Dell Inc.", Model = "OptiPlex 7010", Models = [new ModelExit("dell", "optiplex 70", BiosExit.Exit, UefiExit.Windows), new ModelExit("dell", "", BiosExit.SecondDisk)] };

        Assert.Equal(new LocalExit(BiosExit.Disk, UefiExit.Search), BootDecision.Of(Known).Exit);
        Assert.Equal(new LocalExit(BiosExit.Exit, UefiExit.Windows), BootDecision.Of(dell).Exit);
        Assert.Equal(new LocalExit(BiosExit.SecondDisk, UefiExit.Search), BootDecision.Of(dell with { Model = "Latitude" }).Exit);
        Assert.Equal(new LocalExit(BiosExit.Exit, UefiExit.Fallback), BootDecision.Of(dell with { Options = new BootOptions(UefiExit: UefiExit.Fallback) }).Exit);
        Assert.Equal(new LocalExit(BiosExit.Disk, UefiExit.Search), BootDecision.Of(dell with { Vendor = "Pear" }).Exit);
    }

    [Theory]
    [InlineData(BootTarget.Menu, BootWish.None, true, BootAction.Menu, BootReason.SaidOnce)]
    [InlineData(BootTarget.Disk, BootWish.None, true, BootAction.LocalDisk, BootReason.SaidOnce)]
    [InlineData(BootTarget.Client, BootWish.None, true, BootAction.AgentMenu, BootReason.SaidOnce)]
    [InlineData(BootTarget.Menu, BootWish.Tool, true, BootAction.AgentMenu, BootReason.ChosenTool)]
    [InlineData(BootTarget.Client, BootWish.Disk, true, BootAction.LocalDisk, BootReason.ChosenDisk)]
    [InlineData(BootTarget.Disk, BootWish.None, false, BootAction.LocalDisk, BootReason.SaidOnce)]
    [InlineData(BootTarget.Menu, BootWish.None, false, BootAction.LocalDisk, BootReason.NoBuild)]
    [InlineData(BootTarget.Client, BootWish.None, false, BootAction.LocalDisk, BootReason.NoBuild)]
    public void What_an_operator_said_for_once_is_done_unless_somebody_is_at_the_menu_or_it_cannot_be(object to, object wish, bool hasBuild, object action, object reason)
    {
        var decision = BootDecision.Of(Known with { Once = Said((BootTarget)to), Wish = (BootWish)wish, HasBuild = hasBuild, Options = new BootOptions(Menu: BootMenu.Never) });

        Assert.Equal((action, reason), ((object)decision.Action, (object)decision.Reason));
        Assert.False(decision.IsAuto);
    }

    [Fact]
    public void A_menu_that_was_said_shows_itself_and_asks_for_its_password() =>
        Assert.True(BootDecision.Of(Known with { Once = Said(BootTarget.Menu), NeedsPassword = true, Loader = BootLoader.Ipxe }) is { Waits: true, OffersTool: true, AsksPassword: true });

    [Theory]
    [InlineData(2, BootReason.SaidOnce)]
    [InlineData(3, BootReason.NothingToDo)]
    public void What_was_said_for_once_is_tried_three_times(int starts, object reason) =>
        Assert.Equal(reason, BootDecision.Of(Known with { Once = Said(BootTarget.Client) with { Starts = starts } }).Reason);

    [Theory]
    [InlineData(JobState.Scheduled, BootReason.SaidOnce, "once, said by anna at 2026-11-22 07:05 UTC")]
    [InlineData(JobState.NeedsDisk, BootReason.JobApproved, "it has a job; after that, once, the menu, said by anna at 2026-11-22 07:05 UTC")]
    [InlineData(JobState.Waiting, BootReason.JobApproved, "it has a job; after that, once, the menu, said by anna at 2026-11-22 07:05 UTC")]
    [InlineData(JobState.Running, BootReason.JobApproved, "it has a job; after that, once, the menu, said by anna at 2026-11-22 07:05 UTC")]
    [InlineData(JobState.Frozen, BootReason.JobFrozen, "its job is frozen; after that, once, the menu, said by anna at 2026-11-22 07:05 UTC")]
    public void A_job_goes_before_what_was_said_for_once_and_that_is_said(JobState state, object reason, string words)
    {
        var decision = BootDecision.Of(Known with { Job = new BootJob("0000007", state, 0, IsWindowOpen: true), Once = Said(BootTarget.Menu) });

        Assert.Equal((reason, words), ((object)decision.Reason, decision.Words));
    }

    [Fact]
    public void Over_the_whole_product_of_facts_nothing_begins_that_nobody_approved()
    {
        var count = 0;
        foreach (var facts in Product())
        {
            var decision = BootDecision.Of(facts);
            var isApproved = facts is { Host.IsBlocked: false, Job: { } job } && s_approved.Contains(job.State);

            Assert.True(isApproved || !decision.IsAuto, $"{facts} begins by itself");
            Assert.True(!decision.HasToken || (decision.IsAuto && facts.Job!.IsWindowOpen), $"{facts} gets a token");
            Assert.True(facts.HasBuild || decision.Action is BootAction.LocalDisk or BootAction.Refuse, $"{facts} is started from nothing");
            Assert.True(facts.IsSupported || decision.Action == BootAction.Refuse, $"{facts} cannot run it");
            Assert.True(facts.Host?.IsBlocked != true || decision.Action == BootAction.Refuse, $"{facts} is blocked");
            Assert.True(decision.Action == BootAction.Menu || !decision.OffersTool, $"{facts} offers a tool without a menu");
            Assert.True(!(decision.AsksPassword && decision.OffersTool) || facts.Loader == BootLoader.Ipxe || facts.HasVerifier, $"{facts} asks where nobody can answer unseen");
            Assert.True(decision.Action != BootAction.Agent || facts.Job!.Starts < BootDecision.MaxStarts, $"{facts} loops");
            Assert.True(decision.Reason != BootReason.SaidOnce || facts is { Once.Starts: < BootDecision.MaxStarts, Host.IsBlocked: false, IsSupported: true }, $"{facts} was not said");
            Assert.NotEmpty(decision.Words);
            count++;
        }

        Assert.True(count > 10_000, $"only {count}");
    }

    private static BootOnce Said(BootTarget to) => new(to, "anna", new DateTimeOffset(2026, 11, 22, 7, 5, 0, TimeSpan.Zero));

    private static IEnumerable<BootFacts> Product() =>
        from firmware in Enum.GetValues<BootFirmware>()
        from loader in Enum.GetValues<BootLoader>()
        from isSupported in new[] { true, false }
        from host in new BootHost?[] { null, new("h", "pc", false), new("h", "pc", true) }
        from state in Enum.GetValues<JobState>().Cast<JobState?>().Append(null)
        from starts in new[] { 0, 2, 3 }
        from isOpen in new[] { true, false }
        from menu in new BootMenu?[] { null, BootMenu.Always, BootMenu.Never }
        from unknown in Enum.GetValues<UnknownHosts>()
        from hasBuild in new[] { true, false }
        from wish in Enum.GetValues<BootWish>()
        from once in new BootOnce?[] { null, Said(BootTarget.Menu), Said(BootTarget.Client) with { Starts = 3 } }
        from password in new[] { (false, false, false), (true, false, false), (true, true, false), (true, false, true), (true, true, true) }
        select new BootFacts(
            firmware, loader, isSupported, host, state is { } known ? new BootJob("0000001", known, starts, isOpen) : null, new BootOptions(Menu: menu), unknown, hasBuild,
            Wish: wish, NeedsPassword: password.Item1, IsPasswordRight: password.Item2, HasVerifier: password.Item3, Once: once);
}
