using System.Text;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Images;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Images;
using Xunit;
using static OsDeploy.Tests.Hosts.TestRegistry;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Configurations;

public sealed class ConfigurationRegistryTests : IAsyncDisposable
{
    private static readonly string s_pin = new('a', 64);

    private readonly TestRegistry _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_configuration_is_added_shown_and_listed_by_name()
    {
        await AddAsync(new NewConfiguration("Win 11", "for pupils", DeviceType.Byod, [new PartitionPlan(1, 3), new PartitionPlan(1, 1)], KeepVersions: 3));
        await AddAsync(new NewConfiguration("arch"));

        var shown = await _test.Configurations.ShowAsync("win 11", CancellationToken.None);

        Assert.Equal(("Win 11", "for pupils", DeviceType.Byod, "Win-11", 3), (
            shown.Configuration.Name, shown.Configuration.Description, shown.Configuration.DeviceType, shown.Configuration.Image.ToString(), shown.Configuration.KeepVersions));
        Assert.Equal([1, 3], shown.Configuration.Partitions.Select(plan => plan.Number));
        Assert.Equal(["arch", "Win 11"], (await _test.Configurations.ListAsync(CancellationToken.None)).Select(view => view.Configuration.Name));
    }

    [Fact]
    public async Task Restores_are_open_to_everybody_only_where_somebody_said_so()
    {
        Assert.False((await AddAsync(new NewConfiguration("Lab"))).Configuration.OpenRestore);

        Assert.True((await ChangeAsync("lab", new ConfigurationChange(OpenRestore: true))).Configuration.OpenRestore);
        Assert.True((await ChangeAsync("lab", new ConfigurationChange(KeepVersions: 2))).Configuration.OpenRestore);
        Assert.False((await ChangeAsync("lab", new ConfigurationChange(OpenRestore: false))).Configuration.OpenRestore);
    }

    [Fact]
    public async Task A_configuration_says_what_it_does_not_take()
    {
        await AddAsync(new NewConfiguration("Lab"));

        await RefusedAsync("configuration-name-taken", () => AddAsync(new NewConfiguration("LAB")));
        await RefusedAsync("configuration-name-invalid", () => AddAsync(new NewConfiguration(new string('n', 33))));
        await RefusedAsync("configuration-name-invalid", () => AddAsync(new NewConfiguration("a\u001b[31m")));
        await RefusedAsync("text-length-invalid", () => AddAsync(new NewConfiguration("x", new string('d', 65))));
        await RefusedAsync("keep-versions-invalid", () => AddAsync(new NewConfiguration("x", KeepVersions: -1)));
        await RefusedAsync("partition-product-invalid", () => AddAsync(new NewConfiguration("x", Partitions: [new PartitionPlan(1, 1, ProductId: "a b")])));
        await RefusedAsync("request-malformed", () => AddAsync(new NewConfiguration("x", DeviceType: (DeviceType)99)));
        await RefusedAsync("configuration-missing", () => _test.Configurations.ShowAsync("x", CancellationToken.None));
    }

    [Theory]
    [InlineData("http://a", "remote-store-url-invalid")]
    [InlineData("https://a/x", "remote-store-url-invalid")]
    [InlineData("https://u:p@a", "remote-store-url-invalid")]
    [InlineData("https://a?x", "remote-store-url-invalid")]
    [InlineData("https://\u0430", "remote-store-url-invalid")]
    [InlineData("file:///etc", "remote-store-url-invalid")]
    public async Task A_remote_store_is_an_https_address(string url, string code) =>
        await RefusedAsync(code, () => AddAsync(new NewConfiguration("x", Store: new RemoteStore(url, s_pin, "t"))));

    [Fact]
    public async Task A_remote_store_needs_a_pin_and_a_token()
    {
        await RefusedAsync("remote-store-pin-invalid", () => AddAsync(new NewConfiguration("x", Store: new RemoteStore("https://a", "aa", "t"))));
        await RefusedAsync("remote-store-token-invalid", () => AddAsync(new NewConfiguration("x", Store: new RemoteStore("https://a", s_pin, ""))));
        await RefusedAsync("remote-store-token-invalid", () => AddAsync(new NewConfiguration("x", Store: new RemoteStore("https://a", s_pin, Secret.Mask))));
    }

    [Fact]
    public async Task Secrets_are_sealed_masked_kept_by_their_mask_and_opened_for_orders()
    {
        await AddAsync(new NewConfiguration("lab", Partitions: [new PartitionPlan(1, 1, ProductId: "AAAAA-CANARY")], Store: new RemoteStore("https://other:8443/", s_pin, "osdt_canary")));
        _test.Add(1, "pc01", configuration: "lab");
        _test.Hosts.Change("pc01", new HostChange(Overrides: [new PartitionOverride(1, 2, ProductId: "BBBBB-CANARY")]), Anna);

        var view = await _test.Configurations.ShowAsync("lab", CancellationToken.None);
        Assert.Equal((Secret.Mask, Secret.Mask), (view.Configuration.Partitions[0].ProductId, view.Configuration.Store!.Token));
        var host = _test.Hosts.Show("pc01");
        Assert.All(host.Partitions, partition => Assert.Equal(Secret.Mask, partition.Plan.ProductId));
        Assert.Equal(Secret.Mask, host.Host.Overrides[0].ProductId);

        await ChangeAsync("lab", new ConfigurationChange(Partitions: view.Configuration.Partitions, Store: view.Configuration.Store));
        _test.Hosts.Change("pc01", new HostChange(Overrides: host.Host.Overrides), Anna);
        var open = _test.Configurations.Open(_test.Hosts.Find("pc01")!);
        Assert.Equal(["AAAAA-CANARY", "BBBBB-CANARY"], open.Partitions.Select(plan => plan.ProductId));
        Assert.Equal(new RemoteStore("https://other:8443", s_pin, "osdt_canary"), open.Store);

        Assert.All(_test.Audit, line => Assert.DoesNotContain("canary", line, StringComparison.OrdinalIgnoreCase));
        var copy = _test.DocumentsPath + ".copy";
        _test.Documents.BackupTo(copy);
        Assert.DoesNotContain("canary", Encoding.Latin1.GetString(File.ReadAllBytes(copy)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_token_is_not_sent_to_another_address_by_its_mask()
    {
        await AddAsync(new NewConfiguration("lab", Store: new RemoteStore("https://other", s_pin, "osdt_x")));

        await RefusedAsync("remote-store-token-invalid", () => ChangeAsync("lab", new ConfigurationChange(Store: new RemoteStore("https://evil", s_pin, Secret.Mask))));
        await RefusedAsync("remote-store-token-invalid", () => ChangeAsync("lab", new ConfigurationChange(Store: new RemoteStore("https://other", new string('b', 64), Secret.Mask))));
        Assert.Null((await ChangeAsync("lab", new ConfigurationChange(NoStore: true))).Configuration.Store);
    }

    [Fact]
    public async Task There_is_one_master_and_it_is_a_host_of_its_configuration()
    {
        await AddAsync(new NewConfiguration("lab"));
        await AddAsync(new NewConfiguration("office"));
        _test.Add(1, "pc01", configuration: "lab");
        _test.Add(2, "pc02");

        Assert.Equal("pc01", (await MasterAsync("lab", "pc01")).MasterName);
        Assert.Equal(("pc02", 2), ((await MasterAsync("lab", "PC02")).MasterName, (await ShowAsync("lab")).Hosts));
        Assert.Equal([false, true], _test.Hosts.List().Select(host => host.IsMaster));

        await MasterAsync("office", "pc02");
        Assert.Null((await ShowAsync("lab")).MasterName);

        _test.Hosts.Change("pc02", new HostChange(Configuration: "lab"), Anna);
        Assert.Null((await ShowAsync("office")).MasterName);

        await MasterAsync("lab", "pc01");
        Assert.True(_test.Import("mac;room;name;hwconf\n020000000001;;;office").IsApplied);
        Assert.Null((await ShowAsync("lab")).Configuration.Master);

        await MasterAsync("lab", "pc02");
        _test.Hosts.Delete("pc02", Anna);
        Assert.Null((await ShowAsync("lab")).Configuration.Master);
        await RefusedAsync("host-missing", () => MasterAsync("lab", "pc09"));
    }

    [Fact]
    public async Task A_renamed_configuration_keeps_its_image_and_is_renamed_on_hosts_and_rooms()
    {
        await AddAsync(new NewConfiguration("lab"));
        _test.Rooms.Add(new NewRoom("r101", "lab"), Anna);
        _test.Add(1, "pc01", "r101");
        await MasterAsync("lab", "pc01");

        var view = await ChangeAsync("lab", new ConfigurationChange(Name: "Lab 2"));

        Assert.Equal(("Lab 2", "lab", 1, "pc01"), (view.Configuration.Name, view.Configuration.Image.ToString(), view.Hosts, view.MasterName));
        Assert.Equal(("Lab 2", "Lab 2"), (_test.Hosts.Show("pc01").Host.Configuration, _test.Rooms.List()[0].Room.Configuration));
    }

    [Fact]
    public async Task Of_two_admins_who_edit_one_configuration_the_second_is_told()
    {
        var read = await AddAsync(new NewConfiguration("lab"));
        await _test.Configurations.ChangeAsync("lab", new ConfigurationChange(Description: "ben", Rev: read.Rev), Ben, CancellationToken.None);

        await RefusedAsync("changed-meanwhile", () => ChangeAsync("lab", new ConfigurationChange(Description: "anna", Rev: read.Rev)));
        Assert.Equal("ben", (await ShowAsync("lab")).Configuration.Description);
    }

    [Fact]
    public async Task A_plan_that_a_hosts_own_values_break_is_refused_and_the_host_named()
    {
        await AddAsync(new NewConfiguration("lab", Partitions: [new PartitionPlan(1, 4, Use: PartitionUse.Format, Format: "ext4")]));
        _test.Add(1, "pc01", configuration: "lab");
        Refused("partition-format-invalid", () => Override(new PartitionOverride(1, 4, Format: "zfs")));
        Refused("partition-twice-invalid", () => Override(new PartitionOverride(1, 4), new PartitionOverride(1, 4)));
        Override(new PartitionOverride(1, 4, Os: OperatingSystem.Data, Format: "ntfs"), new PartitionOverride(1, 5, Use: PartitionUse.Format, Format: "swap"));

        var error = await Assert.ThrowsAsync<UserErrorException>(
            () => ChangeAsync("lab", new ConfigurationChange(Partitions: [new PartitionPlan(1, 5, Os: OperatingSystem.Linux)])));

        Assert.Equal("partition-format-system-invalid", error.Code);
        Assert.Contains("on pc01", error.Message, StringComparison.Ordinal);

        void Override(params PartitionOverride[] own) => _test.Hosts.Change("pc01", new HostChange(Overrides: own), Anna);
    }

    [Fact]
    public async Task Deleting_quarantines_the_images_and_clears_hosts_and_rooms()
    {
        var other = await CaptureAsync("other", 9);
        await AddAsync(new NewConfiguration("lab"));
        _test.Rooms.Add(new NewRoom("r101", "lab"), Anna);
        _test.Add(1, "pc01", "r101");
        await MasterAsync("lab", "pc01");
        var versions = new[] { await CaptureAsync("lab", 1), await CaptureAsync("lab", 2) };
        Assert.Equal(2, (await ShowAsync("lab")).Versions);
        var id = _test.Hosts.Find("pc01")!.Id;
        _test.Jobs[id] = "j1";
        await RefusedAsync("configuration-has-jobs", () => _test.Configurations.DeleteAsync("lab", Anna, CancellationToken.None));
        Assert.Equal(3, (await _test.Images.ListAsync(CancellationToken.None)).Count);

        _test.Jobs.Clear();
        var deleted = await _test.Configurations.DeleteAsync("LAB", Anna, CancellationToken.None);

        Assert.Equal((1, 1, 2), (deleted.Hosts, deleted.Rooms, deleted.Versions));
        Assert.Equal(_test.Clock.GetUtcNow() + TimeSpan.FromHours(72), deleted.ImagesEndAt);
        Assert.Equal((null, null), (_test.Hosts.Show("pc01").Host.Configuration, _test.Rooms.List()[0].Room.Configuration));
        Assert.Equal([other], (await _test.Images.ListAsync(CancellationToken.None)).Select(version => version.Version));
        await _test.Images.UndeleteAsync(versions[0], CancellationToken.None);
        await RefusedAsync("configuration-missing", () => _test.Configurations.DeleteAsync("lab", Anna, CancellationToken.None));
    }

    [Fact]
    public async Task A_delete_that_was_cut_short_is_ended_by_the_next_one()
    {
        await AddAsync(new NewConfiguration("lab"));
        _test.Add(1, "pc01", configuration: "lab");
        await _test.Images.DeleteAsync(await CaptureAsync("lab", 1), CancellationToken.None);

        var deleted = await _test.Configurations.DeleteAsync("lab", Anna, CancellationToken.None);

        Assert.Equal((1, 0, 0, null), (deleted.Hosts, deleted.Rooms, deleted.Versions, deleted.ImagesEndAt));
        Assert.Null(_test.Hosts.Show("pc01").Host.Configuration);
    }

    [Fact]
    public async Task The_newest_versions_are_kept_and_the_current_one()
    {
        var lab = (await AddAsync(new NewConfiguration("lab", KeepVersions: 2))).Configuration;
        var days = new List<VersionId>();
        for (var day = 1; day <= 5; day++)
        {
            days.Add(await CaptureAsync("lab", day));
        }

        var other = await CaptureAsync("other", 1);
        await _test.Images.SetCurrentAsync(days[1], CancellationToken.None);

        await _test.Configurations.KeepNewestAsync(lab with { KeepVersions = 0 }, CancellationToken.None);
        Assert.Equal(6, (await _test.Images.ListAsync(CancellationToken.None)).Count);

        await _test.Configurations.KeepNewestAsync(lab, CancellationToken.None);
        Assert.Equal(
            new[] { days[4], days[3], days[1], other }.ToHashSet(),
            (await _test.Images.ListAsync(CancellationToken.None)).Select(version => version.Version).ToHashSet());
    }

    [Fact]
    public async Task An_image_that_is_nobodys_keeps_its_name()
    {
        await CaptureAsync("lab", 1);

        Assert.Equal("Lab-2", (await AddAsync(new NewConfiguration("Lab"))).Configuration.Image.ToString());
    }

    [Fact]
    public async Task Of_callers_that_add_one_name_one_wins()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await Task.Yield();
            try
            {
                return (await AddAsync(new NewConfiguration("lab"))).Configuration.Name;
            }
            catch (UserErrorException e)
            {
                return e.Code;
            }
        }));

        Assert.Single(codes, "lab");
        Assert.Equal(7, codes.Count(code => code == "configuration-name-taken"));
    }

    private async Task<VersionId> CaptureAsync(string image, int day)
    {
        var sample = SampleImage.Of([day, day + 100], image, day);
        await sample.StoreAsync(_test.Images, CancellationToken.None);
        return sample.Version;
    }

    private Task<ConfigurationView> AddAsync(NewConfiguration asked) => _test.Configurations.AddAsync(asked, Anna, CancellationToken.None);

    private Task<ConfigurationView> ShowAsync(string name) => _test.Configurations.ShowAsync(name, CancellationToken.None);

    private Task<ConfigurationView> ChangeAsync(string name, ConfigurationChange change) => _test.Configurations.ChangeAsync(name, change, Anna, CancellationToken.None);

    private Task<ConfigurationView> MasterAsync(string name, string host) => _test.Configurations.SetMasterAsync(name, host, Anna, CancellationToken.None);
}
