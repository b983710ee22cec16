using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.SetUp;
using OsDeploy.Tests.Disks;
using Xunit;

namespace OsDeploy.Tests.Daemons;

public sealed class FirstSettingsTests
{
    private static readonly FirstSettings s_first = new("Schule am Ring", BootMode.Dhcp, "eth0", "10.0.0.128", "10.0.0.254", "10.0.0.254", ["10.0.0.253"]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_answered_at_the_first_start_is_set_as_if_an_operator_had_done_it()
    {
        await using var daemon = await TestDaemon.StartAsync(first: s_first);

        Assert.Equal("Schule am Ring", (await daemon.Admin.CallAsync(PersonalApi.ShowSchool, Cancel)).Name);
        var boot = (await daemon.Admin.CallAsync(BootApi.Settings, Cancel)).Settings;
        Assert.Equal((BootMode.Dhcp, "eth0", "10.0.0.128", "10.0.0.254", "10.0.0.254", "10.0.0.253"), (boot.Mode, boot.Interface, boot.RangeFirst, boot.RangeLast, boot.Router, Assert.Single(boot.Dns)));
        Assert.Equal("anna", boot.ChangedBy);
    }

    [Fact]
    public async Task What_an_operator_could_not_set_is_refused() =>
        Assert.Equal("boot-interface-invalid", (await Assert.ThrowsAsync<UserErrorException>(() => TestDaemon.StartAsync(first: s_first with { Interface = "eth0\n" }))).Code);

    [Fact]
    public void A_file_of_them_is_read_as_it_was_written_or_refused()
    {
        var json = Encoding.UTF8.GetString(s_first.ToJson());

        Assert.Equal(s_first with { Dns = null }, FirstSettings.Parse(Encoding.UTF8.GetBytes(json)) with { Dns = null });
        Assert.Throws<FormatException>(() => FirstSettings.Parse("""{"school":"x","admin":"y"}"""u8));
        TextMutation.Fuzz(json, text => _ = FirstSettings.Parse(Encoding.UTF8.GetBytes(text)));
    }
}
