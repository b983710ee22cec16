using OsDeploy.Personalisation;
using Xunit;

namespace OsDeploy.Tests.Personalisation;

public sealed class HostsFileTests
{
    [Theory]
    [InlineData("127.0.0.1 localhost\n127.0.1.1 master\n", "127.0.0.1 localhost\n127.0.1.1\tpc05\n")]
    [InlineData("127.0.0.1\tlocalhost\n::1 localhost\n", "127.0.0.1\tlocalhost\n127.0.1.1\tpc05\n::1 localhost\n")]
    [InlineData("127.0.1.1 a\n127.0.1.1 b\n10.0.0.1 server\n", "127.0.1.1\tpc05\n10.0.0.1 server\n")]
    [InlineData("# 127.0.1.1 no\n", "127.0.1.1\tpc05\n# 127.0.1.1 no\n")]
    [InlineData("127.0.1.10 other\n", "127.0.1.1\tpc05\n127.0.1.10 other\n")]
    [InlineData("", "127.0.1.1\tpc05\n")]
    public void The_computers_own_line_has_its_name_and_the_others_stay(string before, string after) => Assert.Equal(after, HostsFile.WithName(before, "pc05", null));

    [Fact]
    public void With_a_domain_the_full_name_comes_first() => Assert.Contains("127.0.1.1\tpc05.school.example pc05\n", HostsFile.WithName("127.0.1.1 x\n", "pc05", "school.example"), StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1 localhost\n127.0.1.1 master\n")]
    [InlineData("\n\n")]
    public void Done_twice_it_is_done_once(string before)
    {
        var once = HostsFile.WithName(before, "pc05", "school.example");
        Assert.Equal(once, HostsFile.WithName(once, "pc05", "school.example"));
    }
}
