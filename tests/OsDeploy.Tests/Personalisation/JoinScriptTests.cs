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
        Assert.Equal("join-script-value", Assert.Throws<UserErrorException>(() => JoinScript.Fill("join.bat", "echo \"JOINPASSWORD\""u8.ToArray(), s_values with { JoinPassword = "a\"b" }, isOld: false)).Code);

    [Fact]
    public void What_joining_needs_and_is_not_set_is_named() =>
        Assert.Equal(["WORKGROUP"], JoinScript.Unset("echo WORKGROUP MACHINEOU JOINUSER OLDNAME"u8.ToArray(), s_values).Select(placeholder => placeholder.Word));

    [Theory]
    [InlineData("djoin ACCOUNTDATA", "ACCOUNTDATA")]
    [InlineData("djoin ACCOUNTDATA or netdom JOINUSER JOINPASSWORD", "")]
    [InlineData("djoin ACCOUNTDATA WORKGROUP", "WORKGROUP ACCOUNTDATA")]
    public void What_djoin_made_is_needed_where_the_script_knows_no_account(string script, string unset) => Assert.Equal(
        unset.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
        JoinScript.Unset(Encoding.UTF8.GetBytes(script), s_values).Select(placeholder => placeholder.Word).Order());

    [Fact]
    public void Where_there_is_neither_an_account_nor_what_djoin_made_both_are_named() => Assert.Equal(
        ["ACCOUNTDATA", "JOINPASSWORD", "JOINUSER"],
        JoinScript.Unset("djoin ACCOUNTDATA or netdom JOINUSER JOINPASSWORD"u8.ToArray(), s_values with { JoinUser = null, JoinPassword = null }).Select(placeholder => placeholder.Word).Order());

    [Fact]
    public void With_what_djoin_made_no_account_is_needed() =>
        Assert.Empty(JoinScript.Unset("djoin ACCOUNTDATA or netdom JOINUSER JOINPASSWORD"u8.ToArray(), s_values with { JoinUser = null, JoinPassword = null, AccountData = "QUJD" }));

    [Fact]
    public void Letters_outside_ascii_come_with_their_code_page() =>
        Assert.StartsWith("@chcp 65001", Encoding.UTF8.GetString(JoinScript.Fill("join.bat", "echo Schüler"u8.ToArray(), s_values, isOld: false)), StringComparison.Ordinal);

    [Fact]
    public void Windows_xp_gets_them_as_it_reads_them() => Assert.Equal("echo Sch\xfcler\r\n", Encoding.Latin1.GetString(JoinScript.Fill("join.bat", "echo Schüler"u8.ToArray(), s_values, isOld: true)));

    private static string Fill(string script) => Encoding.UTF8.GetString(JoinScript.Fill("join.bat", Encoding.UTF8.GetBytes(script), s_values, isOld: false));
}
