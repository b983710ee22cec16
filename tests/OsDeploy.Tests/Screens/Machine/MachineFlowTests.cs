using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Machine;
using OsDeploy.Tests.Cli;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Images;
using OsDeploy.Tests.Screens.Forms;
using Xunit;
using static OsDeploy.Tests.Screens.Machine.BenchComputer;

namespace OsDeploy.Tests.Screens.Machine;

/// <summary>Everything of the menu but cloning, against a real appliance. The disks are said to be there and are not: a job that takes them fails.</summary>
public sealed class MachineFlowTests
{
    private static readonly SampleImage s_image = SampleImage.Of([1, 2, 3]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Root_is_refused_and_a_wrong_login_says_why_it_may_be()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bench = LabBench.Start(daemon, OneDisk());
        await bench.UntilAsync(state => state.Facts is not null);
        var form = LoginFlow.Login(bench.Session);
        Type(form, "root", "x");
        Assert.Contains("root", form.Check()!.Text, StringComparison.Ordinal);

        Type(form, TestDaemon.Anna, "wrong");
        var refused = await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(form));
        Assert.Contains("Caps Lock", refused.Hint, StringComparison.Ordinal);
        Assert.Equal(MachineStage.Login, bench.Session.Stage);

        Type(form, TestDaemon.Anna, TestDaemon.Password);
        await RunAsync(form);
        Assert.Equal(TestDaemon.Anna, bench.Session.State.Operator!.Name);
    }

    [Fact]
    public async Task A_computer_nobody_knows_is_registered_and_goes_on_without_a_restart()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab"), Cancel);
        await daemon.Admin.CallAsync(HostApi.AddRoom, new NewRoom("r101", "lab", "r101-pc##"), Cancel);
        await daemon.AddHostAsync(7, "r101-pc01", "r101");
        await using var bench = LabBench.Start(daemon, OneDisk());
        await bench.LoginAsync();
        Assert.Equal(MachineStage.Register, bench.Session.Stage);

        var wizard = (await RegisterFlow.PrepareAsync(bench.Session, Cancel)).Wizard;
        Assert.True(await wizard.NextAsync(Cancel));
        Assert.Contains("127.0.0.1", wizard.Page.Form.Get<InfoEntry>("address").Text, StringComparison.Ordinal);
        Assert.True(await wizard.NextAsync(Cancel));
        var names = wizard.Page.Form.Get<ChoiceEntry>("name");
        Assert.Equal("r101-pc02", names.Value, ignoreCase: true);
        await RunAsync(wizard.Page.Form);

        var state = await bench.UntilAsync(state => state.Facts?.Name is not null);
        Assert.Equal(("r101", "lab", MachineStage.Menu), (state.Facts!.Room, state.Facts.Configuration, bench.Session.Stage));
    }

    [Fact]
    public async Task Who_registers_a_computer_may_choose_another_image_than_its_rooms()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab"), Cancel);
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("teacher"), Cancel);
        await daemon.Admin.CallAsync(HostApi.AddRoom, new NewRoom("r101", "lab", "r101-pc##"), Cancel);
        await using var bench = LabBench.Start(daemon, OneDisk());
        await bench.LoginAsync();
        var wizard = (await RegisterFlow.PrepareAsync(bench.Session, Cancel)).Wizard;
        Assert.True(await wizard.NextAsync(Cancel));
        Assert.True(await wizard.NextAsync(Cancel));

        wizard.Page.Form.Get<ChoiceEntry>("configuration").Value = "teacher";
        await RunAsync(wizard.Page.Form);

        var state = await bench.UntilAsync(state => state.Facts?.Name is not null);
        Assert.Equal(("r101", "teacher"), (state.Facts!.Room, state.Facts.Configuration));
        Assert.Equal("teacher", (await daemon.Admin.CallAsync(HostApi.Show, Cancel, "r101-pc01")).Host.Configuration);
    }

    [Fact]
    public async Task Who_starts_a_job_at_a_strict_computer_need_not_compare_and_what_another_starts_waits_for_it()
    {
        await using var daemon = await KnownAsync(isOpen: false);
        await daemon.Admin.CallAsync(ConfigurationApi.Change, new ConfigurationChange(IsStrict: true), Cancel, "lab");
        await using var bench = LabBench.Start(daemon, OneDisk());
        await bench.LoginAsync();
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        bench.Session.PollNow();

        var shown = await bench.UntilAsync(state => state.PairingWords is not null);
        Assert.Contains(shown.PairingWords!, new MachineMenu(shown, bench.Session.Options).Warning, StringComparison.Ordinal);
        Assert.Equal(shown.PairingWords, Assert.Single((await daemon.Admin.CallAsync(JobApi.Show, Cancel, job)).Unpaired!).Words);
        await daemon.Admin.CallAsync(JobApi.Cancel, Cancel, job);
        bench.Session.PollNow();
        await bench.UntilAsync(state => state.PairingWords is null);

        Assert.Null(await RestoreFlow.StartAsync(bench.Session, Cancel));
        (await bench.UntilAsync(state => state.LastMoment is not null)).LastMoment!.Stop();
        await bench.UntilAsync(state => state.Work?.Result is not null);
    }

    [Fact]
    public async Task A_restore_asks_nothing_and_shows_what_it_erases()
    {
        await using var daemon = await KnownAsync(isOpen: false);
        await using var bench = LabBench.Start(daemon, OneDisk());
        await bench.LoginAsync();

        Assert.Null(await RestoreFlow.StartAsync(bench.Session, Cancel));
        var moment = (await bench.UntilAsync(state => state.LastMoment is not null)).LastMoment!;

        Assert.Equal("s1: Bench disk, serial number S1, 256 GiB", Assert.Single(moment.Disks).Name);
        Assert.Equal("Windows or its data (Schule)", moment.Disks[0].Content);
        Assert.InRange(moment.Left, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        moment.Stop();
        var work = (await bench.UntilAsync(state => state.Work?.Result is not null)).Work!;
        Assert.Equal((false, "Restore: not begun: last moment to stop"), (work.Result!.IsGood, work.Result.Headline));
        Assert.Equal(MachineStage.Work, bench.Session.Stage);
        bench.Session.Dismiss();
        Assert.Equal(MachineStage.Menu, bench.Session.Stage);
        Assert.Equal(TestDaemon.Anna, Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.CreatedBy);
    }

    [Fact]
    public async Task Where_restores_are_open_nobody_has_to_log_in()
    {
        await using var daemon = await KnownAsync(isOpen: true);
        await using var bench = LabBench.Start(daemon, OneDisk());
        await bench.UntilAsync(state => state.Facts is { MayRestore: true });
        Assert.Equal(MachineStage.Menu, bench.Session.Stage);

        Assert.Null(await RestoreFlow.StartAsync(bench.Session, Cancel));
        (await bench.UntilAsync(state => state.LastMoment is not null)).LastMoment!.Stop();

        Assert.Equal("pc01", Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.CreatedBy);
    }

    [Fact]
    public async Task Of_two_disks_one_is_chosen_before_a_restore()
    {
        await using var daemon = await KnownAsync(isOpen: false);
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "ntfs", 100)), Disk("S2", Partition(1, "ext4", 100))));
        await bench.LoginAsync();

        var form = Assert.IsType<FormModel>(await RestoreFlow.StartAsync(bench.Session, Cancel));
        Assert.True(form.Actions.Single().IsDestructive);
        form.Get<ChoiceEntry>("1").Value = "/nonexistent/S2";
        await RunAsync(form);

        var moment = (await bench.UntilAsync(state => state.LastMoment is not null)).LastMoment!;
        Assert.Equal("S2", Assert.Single(moment.Disks).Disk.Serial);
        moment.Stop();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Chosen_partitions_or_the_boot_record_are_restored_alone(bool isPartition)
    {
        await using var daemon = await KnownAsync(isOpen: false);
        await using var bench = LabBench.Start(daemon, OneDisk(), options => options with { IsUnattended = true });
        await bench.LoginAsync();

        var form = isPartition ? await PartitionFlow.PartitionsAsync(bench.Session, Cancel) : await PartitionFlow.BootRecordAsync(bench.Session, Cancel);
        if (isPartition)
        {
            Assert.NotNull(form.Check());
            form.Get<MultiChoiceEntry>("partitions").Values.Add("1");
        }

        await RunAsync(form);

        var options = Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.Options;
        Assert.Equal((isPartition ? 1 : null, !isPartition), (options.Partitions?.Single(), options.TableOnly));
    }

    [Fact]
    public async Task One_partition_is_backed_up_under_a_free_name()
    {
        await using var daemon = await KnownAsync(isOpen: false);
        await using var bench = LabBench.Start(daemon, OneDisk());
        await bench.LoginAsync();

        var wizard = (await ManualFlow.PrepareAsync(bench.Session, Cancel)).Wizard;
        Assert.True(await wizard.NextAsync(Cancel));
        wizard.Page.Form.Get<ChoiceEntry>("partition").Value = "0";
        Assert.True(await wizard.NextAsync(Cancel));
        var name = wizard.Page.Form.Get<TextEntry>("name");
        name.Value = "not a name";
        Assert.NotNull(name.Check());
        name.Value = "office_C-1";
        wizard.Page.Form.Get<CheckEntry>("table").Value = true;
        Assert.Null(wizard.Page.Form.Check());
        await RunAsync(wizard.Page.Form);

        var job = Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job;
        Assert.Equal((JobKind.ManualBackup, "office_C-1", true, 1), (job.Kind, job.Options.ManualName, job.Options.WithTable, job.Options.Partitions!.Single()));
    }

    [Fact]
    public async Task A_backup_is_chosen_from_a_list_and_comes_back()
    {
        await using var daemon = await KnownAsync(isOpen: false);
        var backup = SampleImage.Of([4, 5], "office", kind: ImageKind.Manual);
        await daemon.StoreAsync(backup);
        await using var bench = LabBench.Start(daemon, OneDisk(), options => options with { IsUnattended = true });
        await bench.LoginAsync();

        var wizard = (await ManualFlow.PrepareAsync(bench.Session, Cancel)).Wizard;
        Assert.True(await wizard.NextAsync(Cancel));
        (wizard.Page.Form.Get<ChoiceEntry>("what").Value, wizard.Page.Form.Get<ChoiceEntry>("partition").Value) = ("restore", "0");
        Assert.True(await wizard.NextAsync(Cancel));
        var image = wizard.Page.Form.Get<ChoiceEntry>("image");
        Assert.Equal("office", Assert.Single(image.Options).Label);
        Assert.EndsWith("8.00 KiB", image.Options[0].Remark, StringComparison.Ordinal);
        image.Value = image.Options[0].Id;
        await RunAsync(wizard.Page.Form);

        var job = Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job;
        Assert.Equal((JobKind.ManualRestore, backup.Version), (job.Kind, job.Version!.Value));
    }

    [Fact]
    public async Task Erasing_names_every_disk_and_wants_the_computers_name_typed()
    {
        await using var daemon = await KnownAsync(isOpen: false);
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "ntfs", 100, "Schule")), Disk("S2")), options => options with { IsUnattended = true });
        await bench.LoginAsync();

        var form = await CleanFlow.PrepareAsync(bench.Session, Cancel);
        Assert.Equal(["S1", "S2"], form.Fields.OfType<InfoEntry>().Where(info => info.Id.StartsWith("disk", StringComparison.Ordinal)).Select(info => info.Text.Contains("S1", StringComparison.Ordinal) ? "S1" : "S2"));
        form.Get<TextEntry>("confirm").Value = "yes";
        Assert.NotNull(form.Check());
        form.Get<TextEntry>("confirm").Value = bench.Session.State.Facts!.Name!;
        Assert.Null(form.Check());
        await RunAsync(form);

        var job = Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job;
        Assert.Equal((JobKind.Erase, 2), (job.Kind, job.Disks.Count));
    }

    [Fact]
    public async Task Quitting_names_the_server_and_restarts_or_switches_off()
    {
        await using var daemon = await KnownAsync(isOpen: false);
        await using var bench = LabBench.Start(daemon, OneDisk());
        await bench.LoginAsync();

        var form = QuitFlow.Of(bench.Session);
        Assert.Contains(daemon.Address, form.Get<InfoEntry>("server").Text, StringComparison.Ordinal);
        Assert.Equal(["restart", "off"], form.Actions.Select(action => action.Id));
        await form.Actions[1].Run(Cancel);

        Assert.Equal((0, 1), (bench.Computer.Restarts, bench.Computer.PowerOffs));
        await TestRegistryRefusesAsync(bench);
    }

    [Fact]
    public async Task A_shell_is_opened_by_an_administrator_only()
    {
        await using var daemon = await KnownAsync(isOpen: false);
        await daemon.AddOperatorAsync("ines", Role.Imager);
        await using var bench = LabBench.Start(daemon, OneDisk());
        await bench.UntilAsync(state => state.Facts is not null);
        var opened = 0;
        var form = LoginFlow.Administrator(bench.Session, "Shell", _ => Task.FromResult(opened++));

        Type(form, "ines", TestDaemon.Password);
        Assert.Equal("machine-not-administrator", (await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(form))).Code);
        Assert.Equal(0, opened);
        Type(form, TestDaemon.Anna, TestDaemon.Password);
        await RunAsync(form);

        Assert.Equal((1, null), (opened, bench.Session.State.Operator));
    }

    [Theory]
    [InlineData(TestDaemon.Anna, TestDaemon.Password, 1, "")]
    [InlineData("ines", TestDaemon.Password, 0, "machine-not-administrator")]
    [InlineData(TestDaemon.Anna, "wrong", 0, "login-failed")]
    [InlineData("root", "root", 0, "")]
    public async Task A_console_gives_a_shell_to_whom_the_server_knows_as_an_administrator(string name, string password, int shells, string code)
    {
        await using var daemon = await KnownAsync(isOpen: false);
        await daemon.AddOperatorAsync("ines", Role.Imager);
        var (script, opened) = (new ScriptedLines(name, password), 0);
        var options = new MachineOptions(daemon.Address, daemon.Key, "osdeploy test");

        Assert.Equal(shells == 1, await ConsoleLogin.RunAsync(options, script.Lines, () => opened++, TimeProvider.System, Cancel));

        Assert.Equal(shells, opened);
        Assert.Contains(code, script.Said, StringComparison.Ordinal);
        Assert.Equal(name != "root", script.Said.Contains("(hidden)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_console_gives_no_shell_without_the_server_or_where_that_is_switched_off()
    {
        var opened = 0;
        var daemon = await KnownAsync(isOpen: false);
        var options = new MachineOptions(daemon.Address, daemon.Key, "osdeploy test");
        var off = new ScriptedLines(TestDaemon.Anna, TestDaemon.Password);
        Assert.False(await ConsoleLogin.RunAsync(options with { WhyNoShell = "Switched off." }, off.Lines, () => opened++, TimeProvider.System, Cancel));
        Assert.Equal(("Switched off.\n", 2), (off.Said, off.Left));

        var other = new ScriptedLines(TestDaemon.Anna, TestDaemon.Password);
        Assert.False(await ConsoleLogin.RunAsync(options with { Key = ServerKey.TryParse(new string('a', 64), out var key) ? key : null }, other.Lines, () => opened++, TimeProvider.System, Cancel));
        await daemon.DisposeAsync();
        var alone = new ScriptedLines(TestDaemon.Anna, TestDaemon.Password);
        Assert.False(await ConsoleLogin.RunAsync(options, alone.Lines, () => opened++, TimeProvider.System, Cancel));

        Assert.Equal(0, opened);
        Assert.All([other, alone], script => Assert.Contains("! ", script.Said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_at_the_prompt_of_a_console_is_waited_for_two_minutes()
    {
        var clock = new ManualClock();
        var lines = new PlainLines(TextWriter.Null, (_, cancel) => NeverAsync(cancel), (_, cancel) => NeverAsync(cancel));
        var login = ConsoleLogin.RunAsync(new MachineOptions("http://127.0.0.1:1", null, "osdeploy test"), lines, () => Assert.Fail("a shell"), clock, Cancel);
        Assert.False(login.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.False(await login);
    }

    private static async Task<string?> NeverAsync(CancellationToken cancel)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        return null;
    }

    [Fact]
    public async Task About_names_the_program_the_computer_and_its_disks()
    {
        await using var daemon = await KnownAsync(isOpen: false);
        await using var bench = LabBench.Start(daemon, OneDisk());
        await bench.UntilAsync(state => state.Facts is not null);

        var lines = string.Join('\n', (await AboutFlow.PrepareAsync(bench.Session, Cancel)).Fields.OfType<InfoEntry>().Select(info => info.Text));

        foreach (var part in new[] { "osdeploy test", "pc01", "lab", "S1", daemon.Key.Words, "02:00:00:00:00:01" })
        {
            Assert.Contains(part, lines, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task After_a_session_has_ended_somebody_logs_in_again()
    {
        await using var daemon = await KnownAsync(isOpen: false);
        await using var bench = LabBench.Start(daemon, OneDisk());
        await bench.LoginAsync();
        await bench.Session.Account.AskAsync(client => client.CallAsync(AccountApi.Logout, Cancel));

        var error = await Assert.ThrowsAsync<UserErrorException>(() => RestoreFlow.StartAsync(bench.Session, Cancel));

        Assert.Equal(("machine-nobody", MachineStage.Login), (error.Code, bench.Session.Stage));
    }

    private static async Task TestRegistryRefusesAsync(LabBench bench) =>
        Assert.Equal("machine-nobody", (await Assert.ThrowsAsync<UserErrorException>(() => bench.Session.Account.AskAsync(client => client.CallAsync(AccountApi.Self, Cancel)))).Code);

    private static BenchComputer OneDisk() => new(1, Disk("S1", Partition(1, "ntfs", 100, "Schule")));

    private static async Task<TestDaemon> KnownAsync(bool isOpen)
    {
        var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab", OpenRestore: isOpen), Cancel);
        await daemon.StoreAsync(s_image);
        await daemon.AddHostAsync(1, "pc01", configuration: "lab");
        return daemon;
    }

    private static void Type(FormModel form, string name, string password) =>
        (form.Get<TextEntry>("name").Value, form.Get<SecretEntry>("password").Value) = (name, password);

    private static Task RunAsync(FormModel form) => form.Actions.Single().Run(Cancel);
}
