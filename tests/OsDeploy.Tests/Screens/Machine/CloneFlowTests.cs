using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Machine;
using OsDeploy.Tests.Daemons;
using Xunit;
using static OsDeploy.Tests.Screens.Machine.BenchComputer;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Screens.Machine;

/// <summary>"Clone this computer", question by question, against a real appliance.</summary>
public sealed class CloneFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_master_is_asked_in_the_order_people_know_and_its_answers_become_the_plan()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab"), Cancel);
        await daemon.AddHostAsync(1, "pc01", configuration: "lab");
        await daemon.Admin.CallAsync(ConfigurationApi.SetMaster, new MasterChange("pc01"), Cancel, "lab");
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "vfat", 1) with { Type = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B" }, Partition(2, "ntfs", 100, "Win"), Partition(3, "swap", 8), Partition(4, "ext4", 50), Partition(5, null, 1, isContainer: true))));
        await bench.LoginAsync();

        var wizard = (await CloneFlow.PrepareAsync(bench.Session, Cancel)).Wizard;
        var titles = new List<string>();
        while (await wizard.NextAsync(Cancel))
        {
            titles.Add(wizard.Page.Form.Asked.OfType<InfoEntry>().FirstOrDefault(info => info.Id == "name")?.Text ?? wizard.Page.Form.Title);
            Answer(wizard.Page.Form);
        }

        Assert.Equal(["Available partitions", "Description of the partitions", "Partition: ESP", "Partition: Win", "Partition: Daten", "Summary"], titles);
        await wizard.Page.Form.Actions.Single().Run(Cancel);

        var plans = (await daemon.Admin.CallAsync(ConfigurationApi.Show, Cancel, "lab")).Configuration.Partitions;
        Assert.Equal(
            [
                new PartitionPlan(1, 1, "ESP", OperatingSystem.WinBoot),
                new PartitionPlan(1, 2, "Win", OperatingSystem.Win10, JoinMode.Domain, Secret.Mask, PartitionUse.Raw),
                new PartitionPlan(1, 4, "Daten", OperatingSystem.Data, Use: PartitionUse.Format, Format: "ntfs"),
            ],
            plans);
        var job = Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job;
        Assert.Equal((JobKind.Capture, "S1", TestDaemon.Anna), (job.Kind, Assert.Single(job.Disks).Serial, job.CreatedBy));
    }

    [Fact]
    public async Task Every_answer_is_that_of_the_last_time()
    {
        await using var daemon = await TestDaemon.StartAsync();
        PartitionPlan[] plans =
        [
            new(1, 1, "System", OperatingSystem.Win7, JoinMode.Simple, Grow: true),
            new(1, 2, "Daten", OperatingSystem.Data, Use: PartitionUse.Format, Format: "ext3"),
            new(1, 3, "Rest", OperatingSystem.Data, Use: PartitionUse.Leave),
        ];
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab", Partitions: plans), Cancel);
        await daemon.AddHostAsync(1, "pc01", configuration: "lab");
        await daemon.Admin.CallAsync(ConfigurationApi.SetMaster, new MasterChange("pc01"), Cancel, "lab");
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "ntfs", 100), Partition(2, "ext3", 50), Partition(3, "ext4", 50))));
        await bench.LoginAsync();

        await AcceptAllAsync((await CloneFlow.PrepareAsync(bench.Session, Cancel)).Wizard);

        Assert.Equal(plans, (await daemon.Admin.CallAsync(ConfigurationApi.Show, Cancel, "lab")).Configuration.Partitions);
    }

    [Fact]
    public async Task An_administrator_makes_the_configuration_here_and_this_computer_its_master()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "ext4", 50))));
        await bench.LoginAsync();

        var wizard = (await CloneFlow.PrepareAsync(bench.Session, Cancel)).Wizard;
        Assert.True(await wizard.NextAsync(Cancel));
        Assert.Equal("Configuration and master", wizard.Page.Form.Title);
        wizard.Page.Form.Get<TextEntry>("new").Value = "lab";
        await AcceptAllAsync(wizard);

        var view = await daemon.Admin.CallAsync(ConfigurationApi.Show, Cancel, "lab");
        Assert.Equal(("pc01", 1), (view.MasterName, view.Hosts));
        Assert.Equal(OperatingSystem.Linux, Assert.Single(view.Configuration.Partitions).Os);
        Assert.Equal(JobKind.Capture, Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.Kind);
    }

    [Fact]
    public async Task Who_takes_the_place_of_another_master_is_warned_and_what_is_left_out_is_named()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab"), Cancel);
        await daemon.AddHostAsync(1, "pc01", configuration: "lab");
        await daemon.AddHostAsync(2, "pc02", configuration: "lab");
        await daemon.Admin.CallAsync(ConfigurationApi.SetMaster, new MasterChange("pc02"), Cancel, "lab");
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "ext4", 50), Partition(2, "ext4", 50)), Disk("S2", Partition(1, "ext4", 50))));
        await bench.LoginAsync();

        var wizard = (await CloneFlow.PrepareAsync(bench.Session, Cancel)).Wizard;
        Assert.True(await wizard.NextAsync(Cancel));
        Assert.Contains("pc02 is the master of lab", wizard.Page.Form.Get<InfoEntry>("warning").Text, StringComparison.OrdinalIgnoreCase);
        Assert.True(await wizard.NextAsync(Cancel));
        var taken = wizard.Page.Form.Get<MultiChoiceEntry>("partitions");
        Assert.Equal(3, taken.Chosen.Count);
        taken.Values.Remove(taken.Options[0].Id);
        taken.Values.Remove(taken.Options[1].Id);
        await AcceptAllAsync(wizard);

        Assert.Contains("s1, partition 1, s1, partition 2", wizard.Page.Form.Get<InfoEntry>("left").Text, StringComparison.Ordinal);
        var view = await daemon.Admin.CallAsync(ConfigurationApi.Show, Cancel, "lab");
        Assert.Equal("pc01", view.MasterName);
        Assert.Equal((1, 1), (Assert.Single(view.Configuration.Partitions).Disk, view.Configuration.Partitions[0].Number));
        Assert.Equal("S2", Assert.Single(Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.Disks).Serial);
    }

    /// <summary>Takes every page as it is, and does the last one's action.</summary>
    private static async Task AcceptAllAsync(WizardModel wizard)
    {
        while (await wizard.NextAsync(Cancel))
        {
            Assert.Null(wizard.Page.Form.Check());
        }

        await wizard.Page.Form.Actions.Single().Run(Cancel);
    }

    private static void Answer(FormModel form)
    {
        foreach (var field in form.Asked.ToList())
        {
            switch (field)
            {
                case TextEntry text when text.PlainLabel.Contains("partition 1", StringComparison.Ordinal):
                    text.Value = "ESP";
                    break;
                case TextEntry text when text.PlainLabel.Contains("partition 4", StringComparison.Ordinal):
                    text.Value = "Daten";
                    break;
            }
        }

        var about = form.Asked.OfType<InfoEntry>().FirstOrDefault(info => info.Id == "name")?.Text;
        if (about == "Partition: Win")
        {
            form.Get<ChoiceEntry>("os").Value = nameof(OperatingSystem.Win10);
            form.Get<SecretEntry>("product").Value = "AAAAA-BBBBB";
            form.Get<ChoiceEntry>("blocks").Value = "raw";
        }
        else if (about == "Partition: Daten")
        {
            form.Get<ChoiceEntry>("os").Value = nameof(OperatingSystem.Data);
            form.Get<ChoiceEntry>("data").Value = "ntfs";
        }

        Assert.Null(form.Check());
    }
}
