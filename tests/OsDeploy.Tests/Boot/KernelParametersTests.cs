using System.Text;
using OsDeploy.Boot;
using Xunit;

namespace OsDeploy.Tests.Boot;

public sealed class KernelParametersTests
{
    private const string Full =
        "BOOT_IMAGE=/vmlinuz quiet panic=30 osdeploy.server=https://10.77.0.1:7443 osdeploy.pin=3f2a osdeploy.token=9c1e osdeploy.boot=b-17 osdeploy.language=de " +
        "osdeploy.keyboard=us osdeploy.sleep=3 osdeploy.noshell=1 osdeploy.cdebug=1 osdeploy.vlan=12 osdeploy.auto=1 osdeploy.high-contrast=1 console=tty1\n";

    [Fact]
    public void Every_parameter_of_the_boot_service_is_understood()
    {
        var parameters = KernelParameters.Parse(Full);
        Assert.Equivalent(
            new KernelParameters
            {
                Server = "https://10.77.0.1:7443", Pin = "3f2a", Token = "9c1e", Boot = "b-17", Language = "de", Keyboard = "us",
                Sleep = 3, NoShell = true, Debug = true, Vlan = 12, Auto = true, HighContrast = true,
            },
            parameters,
            strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("quiet console=ttyS0,115200")]
    [InlineData("osdeploy=1 xosdeploy.auto=1")]
    public void What_is_not_for_us_says_nothing(string line) => Assert.Equivalent(new KernelParameters(), KernelParameters.Parse(line), strict: true);

    [Theory]
    [InlineData("osdeploy.unknown=1")]
    [InlineData("osdeploy.")]
    [InlineData("osdeploy.server")]
    [InlineData("osdeploy.server=")]
    [InlineData("osdeploy.server=https://10.0.0.1/$(reboot)")]
    [InlineData("osdeploy.language=tlh")]
    [InlineData("osdeploy.keyboard=DE")]
    [InlineData("osdeploy.sleep=3601")]
    [InlineData("osdeploy.sleep=-1")]
    [InlineData("osdeploy.sleep=٣")]
    [InlineData("osdeploy.vlan=0")]
    [InlineData("osdeploy.vlan=4095")]
    [InlineData("osdeploy.auto=yes")]
    public void What_is_not_understood_is_left_out_and_said(string line)
    {
        var parameters = KernelParameters.Parse("osdeploy.auto=0 " + line);
        Assert.Contains("is not understood", Assert.Single(parameters.Ignored), StringComparison.Ordinal);
        Assert.Equivalent(new KernelParameters(), parameters with { Ignored = [] }, strict: true);
    }

    [Fact]
    public void The_later_of_two_counts() =>
        Assert.Equivalent(new KernelParameters { Sleep = 2 }, KernelParameters.Parse("osdeploy.sleep=1 osdeploy.auto=1 osdeploy.sleep=2 osdeploy.auto=0"), strict: true);

    [Fact]
    public void A_hostile_line_is_shown_harmless()
    {
        var said = Assert.Single(KernelParameters.Parse("osdeploy.\u001b[2J\u202e=1").Ignored);
        Assert.DoesNotContain('\u001b', said);
        Assert.DoesNotContain('\u202e', said);
    }

    [Fact]
    public void Mutated_lines_never_crash_and_never_give_what_is_out_of_range() => Seeded.Cases(3000, random =>
    {
        var parameters = KernelParameters.Parse(Encoding.UTF8.GetString(Mutation.Of(Encoding.UTF8.GetBytes(Full), random)));
        Assert.True(parameters.Sleep is null or (>= 0 and <= 3600), $"{parameters.Sleep}");
        Assert.True(parameters.Vlan is null or (>= 1 and <= 4094), $"{parameters.Vlan}");
        Assert.True(parameters.Language is null or "de" or "en" or "fr", parameters.Language);
        Assert.All([parameters.Server, parameters.Pin, parameters.Token, parameters.Boot], text => Assert.True(text is null || KernelText.IsWord(text), text));
    });
}
