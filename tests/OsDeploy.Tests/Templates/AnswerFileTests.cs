using System.Text;
using System.Xml.Linq;
using OsDeploy.Api.Configurations;
using OsDeploy.Templates;
using OsDeploy.Text;
using OsDeploy.Tui.Tests;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Templates;

/// <summary>Answer files as hosts get them.</summary>
public sealed class AnswerFileTests
{
    private static readonly HostValues s_host = new()
    {
        Name = ComputerName.Parse("R101-PC07"),
        ProductId = "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY",
        Workgroup = "CLASS",
        Domain = "school.example",
        MachineOu = "OU=rooms,DC=school,DC=example",
        JoinUser = "joiner",
        JoinPassword = "a<b>&\"c'",
        SchoolName = "Grundschule \"Süd\" & Co.",
        SchoolLanguage = "de-DE",
    };

    public static TheoryData<string> Names => [.. TemplateName.All.Select(name => name.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_template_that_is_shipped_could_be_saved_as_it_is(string name) => Assert.Empty(AnswerFile.Check(Parse(name), Originals.Of(Parse(name))));

    [Fact]
    public void Every_file_of_the_folder_is_a_template_and_none_is_missing() => Assert.Equal(
        TemplateName.All.Select(name => name.ToString()).Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "config-templates")).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Win10Domain.xml")]
    [InlineData("Win11Workgroup.xml")]
    [InlineData("WinXPDomain.inf")]
    [InlineData("Win2KWorkgroup.inf")]
    public void A_filled_template_says_what_the_host_is(string name) =>
        Golden.Check(TextOf(AnswerFile.Fill(Parse(name), Originals.Of(Parse(name)), s_host)).ReplaceLineEndings("\n"), Path.GetFileNameWithoutExtension(name));

    [Fact]
    public void Lines_of_an_inf_end_as_windows_writes_them_and_other_letters_than_ascii_make_it_utf_16()
    {
        var (name, text) = (Parse("WinXPWorkgroup.inf"), Originals.Of(Parse("WinXPWorkgroup.inf")));
        var plain = AnswerFile.Fill(name, text, s_host with { SchoolName = "School" });

        Assert.Equal(0, Encoding.ASCII.GetString(plain).Replace("\r\n", "", StringComparison.Ordinal).Count(letter => letter is '\r' or '\n'));
        Assert.Equal(Encoding.Unicode.GetPreamble(), AnswerFile.Fill(name, text, s_host)[..2]);
    }

    [Fact]
    public void What_has_no_value_is_left_out_with_all_that_held_nothing_else()
    {
        var filled = Xml("Win11Domain.xml", s_host with { ProductId = null, MachineOu = "", SchoolLanguage = null });

        Assert.DoesNotContain(filled.Descendants(), element => element.Name.LocalName is "ProductKey" or "MachineObjectOU" or "OfflineIdentification" or "InputLocale");
        Assert.DoesNotContain(filled.Descendants(), element => element.Attribute("name")?.Value == "Microsoft-Windows-International-Core");
        Assert.DoesNotContain(filled.Descendants(), element => !element.HasElements && element.Value.Trim().Length == 0);
    }

    [Fact]
    public void With_what_djoin_made_no_account_is_named()
    {
        var filled = Xml("Win10Domain.xml", s_host with { AccountData = "ARAIAMzMzMy4AgAA" });

        Assert.Equal(2, filled.Descendants().Count(element => element is { Name.LocalName: "AccountData", Value: "ARAIAMzMzMy4AgAA" }));
        Assert.DoesNotContain(filled.Descendants(), element => element.Name.LocalName is "Identification" or "Password");
    }

    [Theory]
    [InlineData("WinXPDomain.inf", "DOMAIN, JOINUSER, JOINPASSWORD", true)]
    [InlineData("Win7Domain.xml", "DOMAIN, JOINUSER, JOINPASSWORD", false)]
    [InlineData("WinVistaDomain.xml", "DOMAIN, JOINUSER, JOINPASSWORD", true)]
    [InlineData("Win7Domain.xml", "", true)]
    [InlineData("Win7Workgroup.xml", "WORKGROUP", false)]
    [InlineData("Win7No.xml", "", false)]
    public void What_a_host_still_needs_is_named(string name, string words, bool hasAccountData)
    {
        var bare = new HostValues { Name = s_host.Name, AccountData = hasAccountData ? "blob" : null };

        Assert.Equal(words, string.Join(", ", AnswerFile.Unset(Parse(name), bare).Select(placeholder => placeholder.Word)));
    }

    [Fact]
    public void Systems_and_ways_of_joining_without_an_answer_file_have_none()
    {
        Assert.Null(TemplateName.For(OperatingSystem.Linux, JoinMode.Domain));
        Assert.Null(TemplateName.For(OperatingSystem.Win10, JoinMode.Simple));
        Assert.Equal("Win10Domain.xml", TemplateName.For(OperatingSystem.Win10, JoinMode.Domain).ToString());
        Assert.True(TemplateName.TryParse("win10domain.XML", out _));
        Assert.False(TemplateName.TryParse("Win10Domain.inf", out _));
    }

    [Fact]
    public void A_percent_sign_is_refused_where_windows_may_read_it_otherwise() => Assert.Equal(
        "template-value", Assert.Throws<UserErrorException>(() => AnswerFile.Fill(Parse("WinXPDomain.inf"), Originals.Of(Parse("WinXPDomain.inf")), s_host with { JoinPassword = "100%" })).Code);

    [Fact]
    public void Vista_joins_by_an_account_whatever_djoin_made()
    {
        var filled = Xml("WinVistaDomain.xml", s_host with { AccountData = "ARAIAMzMzMy4AgAA" });

        Assert.Equal(2, filled.Descendants().Count(element => element.Name.LocalName == "JoinDomain"));
    }

    [Fact]
    public void Any_value_comes_back_from_xml_as_it_was() => Seeded.Cases(300, random =>
    {
        var value = ValueOf(random);
        var filled = Xml("Win10Domain.xml", s_host with { JoinPassword = value });
        Assert.All(filled.Descendants().Where(element => element.Name.LocalName == "Password"), element => Assert.Equal(value, element.Value));
    });

    [Fact]
    public void Any_value_stays_within_its_line_of_an_inf() => Seeded.Cases(300, random =>
    {
        var value = ValueOf(random);
        var (name, text) = (Parse("WinXPDomain.inf"), Originals.Of(Parse("WinXPDomain.inf")));
        var lines = TextOf(AnswerFile.Fill(name, text, s_host with { JoinPassword = value, JoinUser = value })).Split("\r\n");

        Assert.Equal(value, Unquoted(lines.Single(line => line.StartsWith("DomainAdminPassword=", StringComparison.Ordinal))));
        Assert.Equal(value, Unquoted(lines.Single(line => line.StartsWith("DomainAdmin=", StringComparison.Ordinal))));
        Assert.Equal(text.Split('\n').Length, lines.Length);
    });

    [Theory]
    [InlineData("Win10Domain.xml", "two\nlines")]
    [InlineData("WinXPDomain.inf", "x\r\nAdminPassword=1")]
    [InlineData("WinXPDomain.inf", "nul\0")]
    [InlineData("Win10Domain.xml", "no letter \uFFFE")]
    public void A_value_that_ends_a_line_is_refused(string name, string value)
    {
        var e = Assert.Throws<UserErrorException>(() => AnswerFile.Fill(Parse(name), Originals.Of(Parse(name)), s_host with { JoinUser = value }));

        Assert.Equal("template-value", e.Code);
        Assert.Contains("JOINUSER", e.Message, StringComparison.Ordinal);
    }

    private static TemplateName Parse(string name) => TemplateName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name);

    private static XElement Xml(string name, HostValues values) => XDocument.Parse(Encoding.UTF8.GetString(AnswerFile.Fill(Parse(name), Originals.Of(Parse(name)), values))).Root!;

    private static string TextOf(byte[] file) => file is [0xFF, 0xFE, ..] ? Encoding.Unicode.GetString(file.AsSpan(2)) : Encoding.UTF8.GetString(file);

    // Blanks at the ends are not for XML text alone to keep: no account's password may begin with one here.
    private static string ValueOf(Random random)
    {
        const string Letters = "abcXYZ019<>&\"';,=\\[] äß€-HOSTNAME_]]>";
        return "a" + string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Letters[random.Next(Letters.Length)])) + "z";
    }

    private static string Unquoted(string line)
    {
        var value = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return value is ['"', .., '"'] ? value[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : value;
    }
}
