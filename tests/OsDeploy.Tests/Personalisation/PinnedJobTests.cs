using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Api.Personal;
using OsDeploy.Personalisation;
using OsDeploy.Server.Personalisation;
using OsDeploy.Templates;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Images;
using OsDeploy.Text;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Personalisation;

/// <summary>What makes a host itself is pinned when its job is started, and its agent gets that.</summary>
public sealed class PinnedJobTests
{
    private static readonly SampleImage s_image = SampleImage.Of([1, 2, 3]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restored_host_gets_its_name_its_template_and_its_files()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = await RestorableAsync(daemon, new PartitionPlan(1, 1, Os: OperatingSystem.WinBoot), new PartitionPlan(1, 3, Os: OperatingSystem.Win10, Join: JoinMode.Workgroup, ProductId: "CANARY"), new PartitionPlan(1, 4));
        await daemon.Admin.CallAsync(PersonalApi.ChangeSchool, new School("Goethe-Schule", "de-DE"), Cancel);
        await AddAsync(daemon, "map.cmd", "rem hello", new Selector(Room: "r101"));
        await AddAsync(daemon, "other.cmd", "rem other", new Selector(Names: "r102-*"));

        var preview = await daemon.Admin.CallAsync(JobApi.Start, Request() with { Preview = true }, Cancel);
        Assert.Equal("becomes r101-pc05, in workgroup SCHOOL, gets 1 file", Assert.Single(preview.Hosts).Becomes);
        await daemon.Admin.CallAsync(JobApi.Start, Request() with { Seen = preview.Seen }, Cancel);
        var order = await agent.TakeJobAsync();

        var personality = Assert.IsType<Personality>(order.Personality);
        Assert.Equal(("r101-pc05", "r101", "Goethe-Schule", "de-DE"), (personality.Name.ToString(), personality.Room, personality.SchoolName, personality.SchoolLanguage));
        Assert.Equal([(1, OperatingSystem.WinBoot, false), (3, OperatingSystem.Win10, true)], personality.Systems.Select(system => (system.Number, system.Os, system.Template is not null)));
        Assert.Equal(Originals.Of(TemplateName.For(OperatingSystem.Win10, JoinMode.Workgroup)!.Value), await FetchAsync(daemon, agent, order.Id, personality.Systems[1].Template!.Value));
        Assert.Equal("rem hello", await FetchAsync(daemon, agent, order.Id, Assert.Single(personality.Files).Content));
        var shown = await daemon.SendAsync(JobApi.Show, daemon.Token, null, order.Id);
        Assert.DoesNotContain("CANARY", shown.Text, StringComparison.Ordinal);
        Assert.NotNull((await daemon.JobAsync(order.Id)).Personality);
        Assert.Null(Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.Personality);
    }

    [Fact]
    public async Task What_is_changed_after_the_start_does_not_change_the_job()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = await RestorableAsync(daemon, new PartitionPlan(1, 3, Os: OperatingSystem.Win11));
        var added = await AddAsync(daemon, "map.cmd", "rem first", new Selector());
        await daemon.Admin.CallAsync(JobApi.Start, Request(), Cancel);

        await daemon.Admin.CallAsync(PersonalApi.Change, new AdditionChange(Content: await UploadAsync(daemon, "rem second"), Rev: added.Rev), Cancel, added.Addition.Id);
        var name = TemplateName.For(OperatingSystem.Win11, JoinMode.No)!.Value;
        await daemon.Admin.CallAsync(PersonalApi.SaveTemplate, new TemplateChange(Originals.Of(name) + "<!-- later -->"), Cancel, name.ToString());
        var order = await agent.TakeJobAsync();

        Assert.Equal("rem first", await FetchAsync(daemon, agent, order.Id, order.Personality!.Files[0].Content));
        Assert.Equal(Originals.Of(name), await FetchAsync(daemon, agent, order.Id, order.Personality.Systems[0].Template!.Value));
    }

    [Fact]
    public async Task What_is_changed_after_the_preview_has_to_be_looked_at_again()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await RestorableAsync(daemon, new PartitionPlan(1, 3, Os: OperatingSystem.Win11));
        var preview = await daemon.Admin.CallAsync(JobApi.Start, Request() with { Preview = true }, Cancel);

        await AddAsync(daemon, "map.cmd", "rem", new Selector());

        await TestRegistry.RefusedAsync("preview-outdated", () => daemon.Admin.CallAsync(JobApi.Start, Request() with { Seen = preview.Seen }, Cancel));
    }

    [Theory]
    [InlineData(JobKind.Restore, OperatingSystem.Data, PartitionUse.Image, null, false)]
    [InlineData(JobKind.Restore, OperatingSystem.Win11, PartitionUse.Leave, null, false)]
    [InlineData(JobKind.Restore, OperatingSystem.Win11, PartitionUse.Image, 3, true)]
    [InlineData(JobKind.Restore, OperatingSystem.Win11, PartitionUse.Raw, null, true)]
    [InlineData(JobKind.Restore, OperatingSystem.Win11, PartitionUse.Image, 4, false)]
    [InlineData(JobKind.Hold, OperatingSystem.Win11, PartitionUse.Image, null, false)]
    public async Task Only_systems_that_are_restored_become_somebody(JobKind kind, OperatingSystem os, PartitionUse use, int? only, bool becomes)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await RestorableAsync(daemon, new PartitionPlan(1, 3, Os: os, Use: use));

        var preview = await daemon.Admin.CallAsync(
            JobApi.Start, Request() with { Kind = kind, Preview = true, Options = new JobOptions(only is { } number ? [number] : null) }, Cancel);

        Assert.Equal(becomes ? "becomes r101-pc05" : null, Assert.Single(preview.Hosts).Becomes);
    }

    [Fact]
    public async Task An_agent_reads_what_its_own_running_job_names_and_nothing_else()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = await RestorableAsync(daemon, new PartitionPlan(1, 3, Os: OperatingSystem.Win11));
        await daemon.AddHostAsync(2, "r101-pc06");
        var stranger = await daemon.MeetAsync(2);
        var other = await UploadAsync(daemon, "not of this job");
        await AddAsync(daemon, "map.cmd", "rem", new Selector());
        await daemon.Admin.CallAsync(JobApi.Start, Request(), Cancel);
        var named = (await daemon.Admin.CallAsync(PersonalApi.ListAdditions, Cancel))[0].Addition.Content;

        await TestRegistry.RefusedAsync("lease-lost", () => FetchAsync(daemon, agent, "0000001", named));
        var order = await agent.TakeJobAsync();
        await TestRegistry.RefusedAsync("content-missing", () => FetchAsync(daemon, agent, order.Id, other));
        await TestRegistry.RefusedAsync("lease-lost", () => FetchAsync(daemon, stranger, order.Id, named));
        Assert.Equal("rem", await FetchAsync(daemon, agent, order.Id, named));
        await agent.DoneAsync(order);

        await TestRegistry.RefusedAsync("lease-lost", () => FetchAsync(daemon, agent, order.Id, named));
    }

    [Fact]
    public async Task A_host_whose_file_was_lost_is_ruled_out_before_anything_runs()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await RestorableAsync(daemon, new PartitionPlan(1, 3, Os: OperatingSystem.Win11));
        var added = await AddAsync(daemon, "map.cmd", "rem", new Selector());
        File.Delete(Path.Combine(daemon.Folder, "contents", added.Addition.Content.ToString()));

        var preview = await daemon.Admin.CallAsync(JobApi.Start, Request() with { Preview = true }, Cancel);

        Assert.Equal("content-missing", Assert.Single(preview.Hosts).Obstacle?.Code);
    }

    [Fact]
    public async Task Additions_follow_what_they_are_for_through_new_names()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await RestorableAsync(daemon, new PartitionPlan(1, 3, Os: OperatingSystem.Win11));
        await AddAsync(daemon, "a.cmd", "rem", new Selector("lab", "r101", Host: "r101-pc05"));

        await daemon.Admin.CallAsync(ConfigurationApi.Change, new ConfigurationChange("lab-2"), Cancel, "lab");
        await daemon.Admin.CallAsync(HostApi.ChangeRoom, new RoomChange("r201"), Cancel, "r101");
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange("r201-pc05"), Cancel, "r101-pc05");

        var gets = Assert.Single(await daemon.Admin.CallAsync(PersonalApi.ForHost, Cancel, "r201-pc05"));
        Assert.Equal(new Selector("lab-2", "r201", Host: "r201-pc05"), gets.Addition.For);
    }

    [Fact]
    public async Task Additions_are_made_all_or_none_and_go_with_their_file()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        var good = await UploadAsync(daemon, "#!/bin/sh\n");
        NewAddition Script(string path, ContentId content) => new(PersonalFileKind.PostScript, path, content);

        await TestRegistry.RefusedAsync("addition-path-invalid", () => daemon.Admin.CallAsync(PersonalApi.Add, new NewAdditions([Script("a", good), Script("../b", good)]), Cancel));
        await TestRegistry.RefusedAsync("content-missing", () => daemon.Admin.CallAsync(PersonalApi.Add, new NewAdditions([Script("a", ContentId.Of([9]))]), Cancel));
        await TestRegistry.RefusedAsync("room-missing", () => daemon.Admin.CallAsync(PersonalApi.Add, new NewAdditions([Script("a", good) with { For = new Selector(Room: "nosuch") }]), Cancel));
        Assert.Empty(await daemon.Admin.CallAsync(PersonalApi.ListAdditions, Cancel));

        var added = Assert.Single(await daemon.Admin.CallAsync(PersonalApi.Add, new NewAdditions([Script("a", good)]), Cancel));
        Assert.Equal(good, (await daemon.Admin.CallAsync(PersonalApi.ShowAddition, Cancel, added.Addition.Id[..6])).Addition.Content);
        using var read = new MemoryStream();
        await daemon.Admin.DownloadAsync(PersonalApi.ReadAddition, read, Cancel, added.Addition.Id);
        Assert.Equal("#!/bin/sh\n", Encoding.UTF8.GetString(read.ToArray()));

        await daemon.Admin.CallAsync(PersonalApi.Delete, Cancel, added.Addition.Id);
        await TestRegistry.RefusedAsync("addition-missing", () => daemon.Admin.CallAsync(PersonalApi.ShowAddition, Cancel, added.Addition.Id));
    }

    [Theory]
    [InlineData(JoinMode.No, "school.local", "SCHOOL", false, "becomes r101-pc05")]
    [InlineData(JoinMode.Domain, "school.local", "SCHOOL", false, "becomes r101-pc05, joins school.local")]
    [InlineData(JoinMode.Domain, null, "SCHOOL", false, "becomes r101-pc05, joins no domain: none is said")]
    [InlineData(JoinMode.Domain, "school.local", null, true, "becomes r101-pc05, joins nothing this time")]
    [InlineData(JoinMode.Simple, "school.local", null, false, "becomes r101-pc05, joins school.local")]
    [InlineData(JoinMode.Workgroup, "school.local", "SCHOOL", false, "becomes r101-pc05, in workgroup SCHOOL")]
    [InlineData(JoinMode.Workgroup, "school.local", null, false, "becomes r101-pc05, in no workgroup: none is said")]
    public void What_a_host_becomes_is_said_in_one_line(JoinMode join, string? domain, string? workgroup, bool isOff, string text)
    {
        var personality = new Personality
        {
            Name = ComputerName.Parse("r101-pc05"),
            Joining = new Joining(domain, null, workgroup, isOff),
            Systems = [new PersonalSystem(1, 3, OperatingSystem.Win11, join)],
        };

        Assert.Equal(text, PersonalityText.Of(personality));
        Assert.Equal(text + ", gets 1 file", PersonalityText.Of(personality with { Files = [new PersonalFile(PersonalFileKind.Setup, "a", ContentId.Of([1]), 1)] }));
    }

    private static BatchRequest Request() => new(Guid.NewGuid().ToString("N"), JobKind.Restore, new HostSelection(["r101-pc05"]), new JobOptions());

    private static async Task<TestAgent> RestorableAsync(TestDaemon daemon, params PartitionPlan[] plans)
    {
        await daemon.AddRoomAsync("r101");
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab", Partitions: plans, Join: new JoinSettings("school.local", null, "SCHOOL")), Cancel);
        await daemon.StoreAsync(s_image);
        await daemon.AddHostAsync(1, "r101-pc05", "r101", "lab");
        return await daemon.MeetAsync(1);
    }

    private static async Task<ContentId> UploadAsync(TestDaemon daemon, string text) =>
        (await daemon.Admin.UploadAsync(PersonalApi.Upload, () => new MemoryStream(Encoding.UTF8.GetBytes(text)), ApiJson.Default.StoredContent, Cancel)).Content;

    private static async Task<AdditionView> AddAsync(TestDaemon daemon, string path, string text, Selector selector) =>
        (await daemon.Admin.CallAsync(PersonalApi.Add, new NewAdditions([new NewAddition(PersonalFileKind.Setup, path, await UploadAsync(daemon, text), For: selector)]), Cancel)).Single();

    private static async Task<string> FetchAsync(TestDaemon daemon, TestAgent agent, string job, ContentId content)
    {
        using var file = new MemoryStream();
        await daemon.As(agent.Token).DownloadAsync(AgentApi.Content, file, Cancel, job, content.ToString());
        return Encoding.UTF8.GetString(file.ToArray());
    }
}
