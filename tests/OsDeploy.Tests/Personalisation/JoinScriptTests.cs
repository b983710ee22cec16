using System.Text;
using OsDeploy.Personalisation;
using OsDeploy.Templates;
using OsDeploy.Text;
using Xunit;

namespace OsDeploy.Tests.Personalisation;

public sealed class JoinScriptTests
{
    private static readonly HostValues s_values = new() { Name = ComputerName.Parse("pc05"), Domain = "school.example", JoinUser = "joiner", JoinPassword = "a%b&c" };

    [Fact]
    public void Placeholders_are_filled_and_lines_end_as_windows_has_them() =>
        Assert.Equal("@echo off\r\nnetdom join HOSTNAMES /d:school.example pc05\r\n", Fill("@echo off\nnetdom join HOSTNAMES /d:DOMAIN HOSTNAME\n"));

    [Fact]
    public void A_percent_sign_stays_one() => Assert.Equal("set \"P=a%%b&c\"\r\n", Fill("set \"P=JOINPASSWORD\""));

    [Theory]
    [InlineData("echo JOINPASSWORD")]
    [InlineData("echo \"x\" JOINPASSWORD")]
    public void A_value_that_would_begin_another_command_is_refused_outside_quotation_marks(string script)
    {
        var refusal = Assert.Throws<UserErrorException>(() => Fill(script));
        Assert.Equal("join-script-value", refusal.Code);
        Assert.DoesNotContain("a%b&c", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quotation_mark_in_a_value_is_refused_everywhere() =>
        Assert.Equal("join-script-value", Assert.Throws<UserErrorException>(() => JoinScript.Fill("join.bat", "echo \"JOINPASSWORD\""u8.ToArray(), s_values with { JoinPassword = "a\"b" })).Code);

    [Fact]
    public void What_is_not_set_is_empty() => Assert.Equal("echo [] \r\n", Fill("echo [WORKGROUP] MACHINEOU"));

    [Fact]
    public void Letters_outside_ascii_come_with_their_code_page() =>
        Assert.StartsWith("@chcp 65001", Encoding.UTF8.GetString(JoinScript.Fill("join.bat", "echo Schüler"u8.ToArray(), s_values)), StringComparison.Ordinal);

    private static string Fill(string script) => Encoding.UTF8.GetString(JoinScript.Fill("join.bat", Encoding.UTF8.GetBytes(script), s_values));
}
