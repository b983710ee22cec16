using OsDeploy.Helper.Settings;
using OsDeploy.SetUp;
using Xunit;

namespace OsDeploy.Tests.Helper;

/// <summary>The files of a system, in a folder that stands for its root.</summary>
public sealed class SystemSettingsTests : IDisposable
{
    private const string NetworkFile = "run/systemd/network/10-osdeploy.network";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _run = [];
    private readonly SystemSettings _settings;

    public SystemSettingsTests()
    {
        Directory.CreateDirectory(Path.Combine(Root, "usr/share/zoneinfo/Europe"));
        Directory.CreateDirectory(Path.Combine(Root, "etc"));
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Root, "usr/share/zoneinfo/Europe/Berlin"), "TZif");
        _settings = new SystemSettings(Root, Data, (program, _) =>
        {
            _run.Add($"{program}");
            return Task.CompletedTask;
        });
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Root => _folder["root"];

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_fixed_address_is_written_for_its_card_and_networkd_is_told()
    {
        await _settings.SetNetworkAsync(new NetworkSettings("eth0", "10.0.0.1/24", "10.0.0.254", ["10.0.0.2", "10.0.0.3"]), Cancel);

        Assert.Equal(
            "# Written by osdeploy-helper at every start.\n[Match]\nName=eth0\n\n[Network]\nAddress=10.0.0.1/24\nGateway=10.0.0.254\nDNS=10.0.0.2\nDNS=10.0.0.3\nConfigureWithoutCarrier=yes\n",
            Content(NetworkFile));
        Assert.Equal(["networkctl reload", "nft -f -"], _run);
    }

    [Fact]
    public async Task Another_choice_takes_the_place_of_the_first()
    {
        await _settings.SetNetworkAsync(new NetworkSettings("eth0", "10.0.0.1/24"), Cancel);
        await _settings.SetNetworkAsync(new NetworkSettings("eth1"), Cancel);

        Assert.EndsWith("Name=eth1\n\n[Network]\nDHCP=ipv4\n", Content(NetworkFile), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(Root, "run/systemd/network")));
    }

    [Fact]
    public async Task What_could_not_stand_in_a_configuration_is_refused_before_anything_is_written()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => _settings.SetNetworkAsync(new NetworkSettings("eth0\n[Network]"), Cancel));

        Assert.Equal("network-interface", error.Code);
        Assert.False(File.Exists(Path.Combine(Root, NetworkFile)));
        Assert.Empty(_run);
    }

    [Fact]
    public void A_time_zone_is_a_link_into_the_zone_database_and_may_be_set_again()
    {
        _settings.SetTimeZone("Europe/Berlin");
        _settings.SetTimeZone("Europe/Berlin");

        Assert.Equal("/usr/share/zoneinfo/Europe/Berlin", new FileInfo(Path.Combine(Root, "etc/localtime")).LinkTarget);
        Assert.Equal("Europe/Berlin\n", Content("etc/timezone"));
        Assert.Equal("time-zone-missing", Assert.Throws<UserErrorException>(() => _settings.SetTimeZone("Europe/Atlantis")).Code);
        Assert.Equal("time-zone", Assert.Throws<UserErrorException>(() => _settings.SetTimeZone("../../etc/shadow")).Code);
    }

    [Fact]
    public async Task What_is_kept_on_the_volume_is_applied_as_a_whole()
    {
        Assert.False(await _settings.ApplyAsync(Cancel));
        new ApplianceSettings("de", "schulserver", "Europe/Berlin", new NetworkSettings("eth0")).Write(Data);

        Assert.True(await _settings.ApplyAsync(Cancel));

        Assert.Equal(("schulserver\n", "Europe/Berlin\n"), (Content("etc/hostname"), Content("etc/timezone")));
        Assert.Contains("Name=eth0\n", Content(NetworkFile), StringComparison.Ordinal);
    }

    private string Content(string file) => File.ReadAllText(Path.Combine(Root, file));
}
