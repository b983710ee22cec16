using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Personalisation;
using OsDeploy.Tests.Hosts;
using OsDeploy.Text;
using Xunit;

namespace OsDeploy.Tests.Personalisation;

public sealed class JoinPlanTests
{
    private static readonly JoinSettings s_school = new("school.local", "OU=rooms,DC=school,DC=local", "PUPILS");

    [Fact]
    public void A_host_belongs_where_its_configuration_says()
    {
        Assert.Equal(new Joining("school.local", "OU=rooms,DC=school,DC=local", "PUPILS"), Of(s_school, null));
        Assert.Equal(new Joining(), Of(null, null));
        Assert.Equal(new Joining(), JoinPlan.Of(configuration: null, HostWith(null), new JobOptions()));
    }

    [Fact]
    public void What_the_host_says_wins()
    {
        Assert.Equal(new Joining("school.local", "OU=lab,DC=school,DC=local", "LAB"), Of(s_school, new JoinSettings(MachineOu: "OU=lab,DC=school,DC=local", Workgroup: "LAB")));
        Assert.Equal(new Joining("SCHOOL.local", "OU=rooms,DC=school,DC=local", "PUPILS"), Of(s_school, new JoinSettings("SCHOOL.local")));
    }

    [Fact]
    public void A_dash_is_none()
    {
        Assert.Equal(new Joining(Workgroup: "PUPILS"), Of(s_school, new JoinSettings("-")));
        Assert.Equal(new Joining("school.local"), Of(s_school, new JoinSettings(MachineOu: "-", Workgroup: "-")));
        Assert.Equal(new Joining(IsOff: true), Of(new JoinSettings("school.local"), new JoinSettings("-")));
        Assert.Equal(new Joining(), Of(new JoinSettings("-"), null));
    }

    [Fact]
    public void A_unit_goes_with_its_own_domain_only()
    {
        Assert.Equal(new Joining("other.local", null, "PUPILS"), Of(s_school, new JoinSettings("other.local")));
        Assert.Equal(new Joining("other.local", "OU=x,DC=other,DC=local", "PUPILS"), Of(s_school, new JoinSettings("other.local", "OU=x,DC=other,DC=local")));
        Assert.Equal(new Joining(), Of(null, new JoinSettings(MachineOu: "OU=x,DC=other,DC=local")));
    }

    [Fact]
    public void A_job_can_leave_joining_out() => Assert.True(JoinPlan.Of(null, HostWith(null), new JobOptions(NoJoin: true)).IsOff);

    [Theory]
    [InlineData("school.local", true)]
    [InlineData("SCHOOL", true)]
    [InlineData("a_school", true)]
    [InlineData("ad.my-school.de", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("a..b", false)]
    [InlineData("-a.b", false)]
    [InlineData("a.b-", false)]
    [InlineData("my_school.local", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("12345", false)]
    [InlineData("a b", false)]
    [InlineData("school/local", false)]
    [InlineData("sixteen-letters1", false)]
    [InlineData("sch\u00f6ol.local", false)]
    [InlineData("-", false)]
    public void A_domain_has_a_name_of_DNS_or_NetBIOS(string text, bool isOne) => Assert.Equal(isOne, JoinNames.IsDomain(text));

    [Theory]
    [InlineData("OU=rooms,DC=school,DC=local", true)]
    [InlineData("ou=r101, ou=Haus B ,dc=school", false)]
    [InlineData("ou=r101, ou=Haus B,dc=school", true)]
    [InlineData("OU=B\u00fccher\\, alte,DC=school", true)]
    [InlineData("OU=a\\2Cb,DC=school", true)]
    [InlineData("OU=a=b,DC=school", true)]
    [InlineData("OU=a\\+b\\#,DC=school", true)]
    [InlineData("", false)]
    [InlineData("rooms", false)]
    [InlineData("OU=rooms", false)]
    [InlineData("DC=school,DC=local", false)]
    [InlineData("CN=Computers,DC=school,DC=local", false)]
    [InlineData("DC=school,OU=rooms", false)]
    [InlineData("OU=,DC=school", false)]
    [InlineData("OU=a+b,DC=school", false)]
    [InlineData("OU=\"a\",DC=school", false)]
    [InlineData("OU=a;DC=school", false)]
    [InlineData("OU=#a,DC=school", false)]
    [InlineData("OU=a\\,DC=school", false)]
    [InlineData("OU=a\\x,DC=school", false)]
    [InlineData("OU=a,DC=school\\", false)]
    [InlineData("OU=a,,DC=school", false)]
    [InlineData("OU=a\u202e,DC=school", false)]
    [InlineData("OU=a\n,DC=school", false)]
    public void A_unit_has_a_distinguished_name(string text, bool isOne) => Assert.Equal(isOne, JoinNames.IsUnit(text));

    [Theory]
    [InlineData("WORKGROUP", true)]
    [InlineData("room 101", true)]
    [InlineData("fifteen-letters", true)]
    [InlineData("sixteen-letters1", false)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    [InlineData("a/b", false)]
    [InlineData("a\tb", false)]
    [InlineData("\u00e4", false)]
    [InlineData("...", false)]
    [InlineData("-", false)]
    [InlineData("", false)]
    public void A_workgroup_has_a_name_of_NetBIOS(string text, bool isOne) => Assert.Equal(isOne, JoinNames.IsWorkgroup(text));

    [Fact]
    public void Every_unit_can_be_written() => Seeded.Cases(500, random =>
    {
        const string Letters = "aZ9 ,+\"\\<>;=#-\u00fc\u00df";
        var name = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Letters[random.Next(Letters.Length)]));
        var escaped = string.Concat(name.Select(letter => (" ,+\"\\<>;=#".Contains(letter, StringComparison.Ordinal) ? "\\" : "") + letter));

        Assert.True(JoinNames.IsUnit($"OU={escaped},OU=rooms,DC=school,DC=local"), escaped);
        Assert.False(JoinNames.IsUnit($"OU={escaped}\\,DC=school"), escaped);
    });

    private static Joining Of(JoinSettings? configuration, JoinSettings? host) => JoinPlan.Of(ConfigurationWith(configuration), HostWith(host), new JobOptions());

    private static Configuration ConfigurationWith(JoinSettings? join) =>
        new() { Id = "1", Name = "lab", Image = ImageName.Parse("lab"), Join = join, ChangedBy = "operator:anna", ChangedAt = DateTimeOffset.UnixEpoch };

    private static Host HostWith(JoinSettings? join) => new()
    {
        Id = "2",
        Name = ComputerName.Parse("r101-pc01"),
        Identity = HardwareIdentity.OfMac(TestRegistry.Mac(1)),
        Join = join,
        ChangedBy = "operator:anna",
        ChangedAt = DateTimeOffset.UnixEpoch,
    };
}
