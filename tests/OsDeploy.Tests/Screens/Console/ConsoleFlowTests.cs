using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Console.Configurations;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Rooms;
using OsDeploy.Screens.Forms;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Images;
using OsDeploy.Tests.Screens.Forms;
using OsDeploy.Tests.Screens.Session;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>The console's forms, filled line by line, at a whole appliance.</summary>
public sealed class ConsoleFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_room_a_configuration_and_hosts_are_made_and_changed_by_answering_questions()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var console = await TestConsole.OpenAsync(daemon);
        var context = console.Context;

        await AnswerAsync(new ConfigurationForm(context).Model, "win11", "the lab", "", "3", "no", "yes", "no");
        await console.UntilAsync(now => now.Configuration("win11") is not null);
        await AnswerAsync(new RoomForm(context).Model, "r101", "win11", "r1-pc##", "ground floor");
        var room = (await console.UntilAsync(now => now.Rooms.Count == 1)).Rooms[0];
        Assert.Equal(("r101", "win11", "r1-pc##", "ground floor"), (room.Room.Name, room.Room.Configuration, room.Room.NamePattern, room.Room.Notes));
        await AnswerAsync(new MacRegistration(context).Model, "02:00:00:00:00:01, 0200.0000.0002", "r101", "", "");

        var now = await console.UntilAsync(now => now.Hosts.Count == 2);
        Assert.Equal(["r1-pc01 win11", "r1-pc02 win11"], now.Hosts.Values.Select(view => $"{view.Host.Name} {view.Host.Configuration}").Order());
        var host = now.Hosts.Values.MinBy(view => view.Host.Name)!;
        await AnswerAsync(new HostForm(context, host).Model, "", "(none)", "", "", "by the window", "yes");
        var changed = (await console.UntilAsync(now => now.Hosts[host.Host.Id].Host.IsBlocked)).Hosts[host.Host.Id].Host;
        Assert.Equal(("r1-pc01", null, "win11", "by the window"), (changed.Name.ToString(), changed.Room, changed.Configuration, changed.Notes));

        var rows = SampleSchool.ListOf(console.Now).Rows;
        await AnswerAsync(new HostDeletion(context, rows).Model, "3", "2", "1");
        await console.UntilAsync(now => now.Hosts.Count == 0);
    }

    [Fact]
    public async Task The_words_of_a_computer_come_to_the_console_by_themselves_and_ticking_them_lets_it_work()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var console = await TestConsole.OpenAsync(daemon);
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("office", IsStrict: true), Cancel);
        await daemon.AddHostAsync(1, "pc01", configuration: "office");
        var agent = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await console.UntilAsync(now => now.Jobs.ContainsKey(job));
        Assert.True((await agent.PollAsync()).ShowsWords);

        var shown = (await console.UntilAsync(now => now.Jobs[job].Unpaired is not null)).Jobs[job];
        await AnswerAsync(new PairForm(console.Context, [shown]).Model, "yes");

        Assert.Equal(job, (await agent.TakeJobAsync()).Id);
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_named_and_saving_again_keeps_both()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var console = await TestConsole.OpenAsync(daemon);
        var host = await daemon.AddHostAsync(1, "pc01");
        var form = new HostForm(console.Context, host);
        form.Model.Get<TextEntry>("notes").Value = "mine";
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Name: "teacher"), Cancel, "pc01");

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => form.Model.Actions[0].Run(Cancel));
        Assert.Equal("changed-meanwhile", refusal.Code);
        Assert.Contains("Different now: Name.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("mine", form.Model.Get<TextEntry>("notes").Value);

        await form.Model.Actions[0].Run(Cancel);
        var after = (await daemon.Admin.CallAsync(HostApi.Show, Cancel, host.Host.Id)).Host;
        Assert.Equal(("teacher", "mine"), (after.Name.ToString(), after.Notes));
    }

    [Fact]
    public async Task What_the_school_knows_of_a_host_is_kept_and_comes_out_of_the_exported_list()
    {
        using var folder = new TemporaryFolder();
        await using var daemon = await TestDaemon.StartAsync();
        await using var console = await TestConsole.OpenAsync(daemon);
        var host = await daemon.AddHostAsync(1, "pc01");

        await AnswerAsync(new HostDetailsForm(console.Context, host).Model, "2026-0815", "Library", "", "3", "window", "", "", "");
        var details = (await daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01")).Host.Details;
        Assert.Equal(new HostDetails(InventoryNumber: "2026-0815", Owner: "Library", Row: "3", Place: "window"), details);

        var file = folder["hosts.csv"];
        await AnswerAsync(new HostExportForm(console.Context, DateTimeOffset.UnixEpoch).Model, file);
        Assert.Contains("2026-0815", await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var again = new HostExportForm(console.Context, DateTimeOffset.UnixEpoch).Model;
        again.Get<TextEntry>("file").Value = file;
        Assert.NotNull(again.Get<TextEntry>("file").Check());
    }

    [Fact]
    public async Task A_host_has_values_of_its_own_for_a_partition_until_they_are_taken_back()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var console = await TestConsole.OpenAsync(daemon);
        var plan = new PartitionPlan(1, 3, "System", OperatingSystem.Win11, JoinMode.Domain);
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("win11", Partitions: [plan]), Cancel);
        var host = await daemon.AddHostAsync(1, "pc01", configuration: "win11");
        var form = new OwnPlanForm(console.Context, host, plan).Model;
        form.Get<ChoiceEntry>("join").Value = nameof(JoinMode.Workgroup);
        form.Get<ChoiceEntry>("grow").Value = "no";

        await form.Actions[0].Run(Cancel);
        var own = await daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01");
        Assert.Equal([new PartitionOverride(1, 3, Join: JoinMode.Workgroup, Grow: false)], own.Host.Overrides);
        Assert.Equal(["grow", "join"], Assert.Single(own.Partitions).FromHost.Order());

        await new OwnPlanForm(console.Context, own, Assert.Single(own.Partitions).Plan).Model.Actions[1].Run(Cancel);
        Assert.Empty((await daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01")).Host.Overrides);
    }

    [Fact]
    public async Task A_form_in_which_nothing_was_changed_sends_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var console = await TestConsole.OpenAsync(daemon);
        var host = await daemon.AddHostAsync(1, "pc01");

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => new HostForm(console.Context, host).Model.Actions[0].Run(Cancel));

        Assert.Equal("nothing-to-change", refusal.Code);
        Assert.Equal(host.Rev, (await daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01")).Rev);
    }

    [Fact]
    public async Task What_one_host_refuses_does_not_keep_it_from_the_others()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var console = await TestConsole.OpenAsync(daemon);
        var (first, second) = (await daemon.AddHostAsync(1, "pc01"), await daemon.AddHostAsync(2, "pc02"));
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Notes: "newer"), Cancel, "pc01");
        var form = new HostsForm(console.Context, [first, second]).Model;
        form.Get<ChoiceEntry>("blocked").Value = "yes";

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => form.Actions[0].Run(Cancel));

        Assert.StartsWith("1 of 2 were refused: pc01.", refusal.Message, StringComparison.Ordinal);
        Assert.True((await daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc02")).Host.IsBlocked);
    }

    [Fact]
    public async Task A_whole_room_is_registered_with_the_names_it_proposes_in_the_order_of_switching_on()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddRoomAsync("r101");
        await daemon.AddHostAsync(9, "r101-02", "r101");
        await daemon.MeetAsync(3);
        await daemon.MeetAsync(1);
        await using var console = await TestConsole.OpenAsync(daemon);
        var pending = (await console.UntilAsync(now => now.Pending.Count == 2)).Pending;
        var registration = new Registration(console.Context, pending);
        var typing = new ScriptedLines("r101", "", "", "teacher");

        Assert.Equal(FormEnd.Done, (await typing.Prompt.RunAsync(registration.Model, Cancel)).End);

        var now = await console.UntilAsync(now => now.Hosts.Count == 3 && now.Pending.Count == 0);
        Assert.Contains("Name [r101-01]:", typing.Said, StringComparison.Ordinal);
        Assert.Contains("Name [r101-03]:", typing.Said, StringComparison.Ordinal);
        var byName = now.Hosts.Values.ToDictionary(view => view.Host.Name.ToString(), view => view.Host.Identity.Macs[0]);
        Assert.Equal((TestRegistry.Mac(3), TestRegistry.Mac(1)), (byName["r101-01"], byName["teacher"]));
    }

    [Fact]
    public async Task A_list_is_shown_before_it_is_imported_and_a_wrong_line_keeps_all_out()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddRoomAsync("r101");
        await using var console = await TestConsole.OpenAsync(daemon);
        var import = new HostImportWizard(console.Context);
        import.Model.Pages[0].Form.Get<TextEntry>("csv").Value = "mac;room;name\n02:00:00:00:00:01;r101;pc01\nnonsense;r101;pc02\n";
        var typing = new ScriptedLines("", "1");

        Assert.Equal(FormEnd.Left, (await typing.Prompt.RunAsync(import.Model, Cancel)).End);
        Assert.Contains("new: 1, changed: 0, the same: 0, wrong: 1", typing.Said, StringComparison.Ordinal);
        Assert.StartsWith("!    3", import.Lines[0], StringComparison.Ordinal);
        Assert.Empty(await daemon.Admin.CallAsync(HostApi.List, Cancel));

        var again = new HostImportWizard(console.Context);
        again.Model.Pages[0].Form.Get<TextEntry>("csv").Value = "mac;room;name\n02:00:00:00:00:01;r101;pc01\n";
        Assert.Equal(FormEnd.Done, (await new ScriptedLines("", "1").Prompt.RunAsync(again.Model, Cancel)).End);
        Assert.Equal("pc01", Assert.Single(await daemon.Admin.CallAsync(HostApi.List, Cancel)).Host.Name.ToString());
    }

    [Fact]
    public async Task A_restore_is_shown_confirmed_by_its_number_started_and_followed_to_its_end()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await RestorableAsync(daemon);
        var agent = await daemon.MeetAsync(1);
        await daemon.MeetAsync(2);
        await using var console = await TestConsole.OpenAsync(daemon);
        var wizard = new JobWizard(console.Context, JobTarget.OfConfiguration("win11", SampleSchool.ListOf(console.Now).Rows), TimeProvider.System, JobKind.Restore);
        var typing = new ScriptedLines("", "", "no", "no", "no", "no", "no", "no", "no", "", "no", "", "1", "2", "1");

        Assert.Equal(FormEnd.Done, (await typing.Prompt.RunAsync(wizard.Model, Cancel)).End);

        Assert.Contains("+ pc01", typing.Said, StringComparison.Ordinal);
        Assert.Contains("DISK1", typing.Said, StringComparison.Ordinal);
        Assert.Contains("! Type 2 to go on.", typing.Said, StringComparison.Ordinal);
        var batch = Assert.IsType<string>(wizard.Batch);
        var board = new BatchBoard(batch);
        console.Feed.Follow(batch);
        var order = await agent.TakeJobAsync();
        await agent.ReportAsync(order);
        board.Update(await console.UntilAsync(now => now.JobsOf(batch).Any(view => view.Progress is not null)), console.Feed.Now);
        Assert.Equal("1 running, 1 waiting; 3 B/s, 0:00 left", board.Summary);
        Assert.Equal(["> writing", ". waiting"], board.Rows.Select(row => row.State));
        Assert.Equal([3.0], board.Rates);

        var waiting = board.Rows.Single(row => row.Name == "pc02").View;
        await JobActions.Cancel(console.Context, [waiting]).Actions[0].Run(Cancel);
        await agent.ReportAsync(order, new JobEnd(JobOutcome.Failed, new JobFault("write", "disk-gone", "The disk does not answer.", "Look at its cable."), null, null));
        board.Update(await console.UntilAsync(now => now.JobsOf(batch).All(view => view.Job.State == JobState.Ended)), console.Feed.Now);
        Assert.True(board.IsOver);
        Assert.Equal(("pc01", "The disk does not answer."), (board.Rows[0].Name, board.Rows[0].Result));
        Assert.Equal(["retry", "again", "hold", "leave"], JobActions.Remedies(board.Rows[0].View.Job).Select(remedy => remedy.Id));

        await JobActions.Retry(console.Context, [.. board.Rows.Select(row => row.View)]).Actions[0].Run(Cancel);
        await console.UntilAsync(now => now.JobsOf(batch).All(view => view.Job.State == JobState.Waiting));
    }

    [Fact]
    public async Task What_has_changed_since_the_preview_is_not_started_but_shown_anew()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await RestorableAsync(daemon);
        await daemon.MeetAsync(1);
        await daemon.MeetAsync(2);
        await using var console = await TestConsole.OpenAsync(daemon);
        var wizard = new JobWizard(console.Context, JobTarget.OfConfiguration("win11", SampleSchool.ListOf(console.Now).Rows), TimeProvider.System, JobKind.Restore);
        while (!wizard.Model.IsLast || wizard.Model.IsFirst)
        {
            Assert.True(await wizard.Model.NextAsync(Cancel));
        }

        Assert.Equal(2, wizard.Outlook.Count);
        await daemon.AddHostAsync(3, "pc03", configuration: "win11");

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => wizard.Model.Page.Form.Actions[0].Run(Cancel));

        Assert.Equal("preview-outdated", refusal.Code);
        Assert.Null(wizard.Batch);
        Assert.Equal(3, wizard.Outlook.Count);
        Assert.Empty(await daemon.Admin.CallAsync(JobApi.ListBatches, Cancel));
    }

    [Fact]
    public async Task What_becomes_of_a_partition_is_said_once_and_its_secret_stays()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(
            ConfigurationApi.Add, new NewConfiguration("win11", Partitions: [new PartitionPlan(1, 1, ProductId: "ABC-1", Os: OperatingSystem.Win10), new PartitionPlan(1, 2)]), Cancel);
        await using var console = await TestConsole.OpenAsync(daemon);
        var view = console.Now.Configuration("win11")!;
        var form = new PlanForm(console.Context, view, view.Configuration.Partitions[0]);
        form.Model.Get<TextEntry>("description").Value = "System";
        form.Model.Get<CheckEntry>("grow").Value = true;
        await form.Model.Actions[0].Run(Cancel);

        var now = await console.UntilAsync(now => now.Configuration("win11")!.Configuration.Partitions[0].Grow);
        var plans = now.Configuration("win11")!.Configuration.Partitions;
        Assert.Equal(("System", Secret.Mask, 2), (plans[0].Description, plans[0].ProductId, plans.Count));
        var other = new PlanForm(console.Context, now.Configuration("win11")!, plans[1]).Model;
        other.Get<CheckEntry>("grow").Value = true;
        Assert.Equal("Another partition of this disk grows already.", other.Check()?.Text);
    }

    private static async Task RestorableAsync(TestDaemon daemon)
    {
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("win11"), Cancel);
        await daemon.StoreAsync(SampleImage.Of([1, 2, 3], "win11"));
        await daemon.AddHostAsync(1, "pc01", configuration: "win11");
        await daemon.AddHostAsync(2, "pc02", configuration: "win11");
    }

    private static async Task AnswerAsync(FormModel form, params string[] lines)
    {
        var typing = new ScriptedLines(lines);
        var result = await typing.Prompt.RunAsync(form, Cancel);
        Assert.True(result.End == FormEnd.Done, typing.Said);
    }
}
