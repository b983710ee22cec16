using System.Text;
using OsDeploy.Templates;
using OsDeploy.Text;
using Xunit;

namespace OsDeploy.Tests.Templates;

/// <summary>What keeps a template from being saved, and where it stands.</summary>
public sealed class TemplateCheckTests
{
    [Theory]
    [InlineData("HOSTNAME", "HOSTNMAE", "HOSTNMAE is not a placeholder; HOSTNAME is (the host's name).")]
    [InlineData("JOINUSER", "JOINUSERS", "JOINUSERS is not a placeholder; JOINUSER is")]
    [InlineData("JOINPASSWORD", "Geheim-123", "Password holds a secret in clear")]
    [InlineData("PRODUCTID", "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY", "ProductKey holds a secret in clear")]
    [InlineData("<HideEULAPage>true</HideEULAPage>", "<AutoLogon><Password><Value>geheim</Value></Password></AutoLogon>", "Password holds a secret in clear")]
    [InlineData("<TimeZone>W. Europe Standard Time</TimeZone>", "<Path>net user x JOINPASSWORD</Path>", "JOINPASSWORD stands for its password, and may not stand here")]
    [InlineData("<MachineObjectOU>MACHINEOU</MachineObjectOU>", "<MachineObjectOU></MachineObjectOU>", "MachineObjectOU is empty")]
    [InlineData("<MachineObjectOU>MACHINEOU</MachineObjectOU>", "<MachineObjectOU />", "MachineObjectOU is empty")]
    [InlineData("pass=\"specialize\"", "pass=\"windowsPE\"", "There is no pass windowsPE")]
    [InlineData("pass=\"specialize\"", "pass=\"\"", "There is no pass")]
    [InlineData("processorArchitecture=\"amd64\"", "processorArchitecture=\"x64\"", "A component says processorArchitecture=\"x86\" or \"amd64\"")]
    [InlineData("publicKeyToken=\"31bf3856ad364e35\"", "publicKeyToken=\"31bf3856ad364e36\"", "publicKeyToken=\"31bf3856ad364e35\"")]
    [InlineData("language=\"neutral\"", "language=\"de-DE\"", "language=\"neutral\"")]
    [InlineData("versionScope=\"nonSxS\"", "", "versionScope=\"nonSxS\"")]
    [InlineData("urn:schemas-microsoft-com:unattend", "urn:schemas-microsoft-com:unattended", "This is not an answer file of Windows")]
    [InlineData("<unattend ", "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><unattend ", "This cannot be read")]
    [InlineData("</unattend>", "", "This cannot be read")]
    [InlineData("<ProductKey>", "<productkey>", "This cannot be read")]
    [InlineData("SCHOOLNAME</RegisteredOwner>", "A & B</RegisteredOwner>", "This cannot be read")]
    public void A_mistake_in_xml_is_shown_with_its_line(string good, string bad, string says)
    {
        var original = Originals.Of(NameOf("Win10Domain.xml"));
        var at = original.IndexOf(good, StringComparison.Ordinal);
        var text = original[..at] + bad + original[(at + good.Length)..];

        var fault = AnswerFile.Check(NameOf("Win10Domain.xml"), text)[0];

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Line, 1, text.Split('\n').Length);
        if (!says.Contains("cannot be read", StringComparison.Ordinal) && !says.StartsWith("This is not", StringComparison.Ordinal))
        {
            Assert.Equal(original[..at].Split('\n').Length, fault.Line);
        }
    }

    [Theory]
    [InlineData("ComputerName=HOSTNAME", "ComputerName=HOSTNAMES", "HOSTNAMES is not a placeholder", 13)]
    [InlineData("ProductKey=", "ProductID=", "This Windows does not read ProductID, but ProductKey", 16)]
    [InlineData("DomainAdminPassword=\"JOINPASSWORD\"", "DomainAdminPassword=register", "DomainAdminPassword holds a secret in clear", 28)]
    [InlineData("DomainAdminPassword=\"JOINPASSWORD\"", "DomainAdminPassword=Secret HOSTNAME", "DomainAdminPassword holds a secret in clear", 28)]
    [InlineData("AdminPassword=*", "AdminPassword=geheim", "AdminPassword holds a secret in clear", 7)]
    [InlineData("FullName=\"SCHOOLNAME\"", "FullName=\"PRODUCTID\"", "may not stand here", 14)]
    [InlineData("JoinDomain=DOMAIN", "JoinDomain=DOMAIN\nJoinWorkgroup=X", "not both", 27)]
    [InlineData("TimeZone=110", "TimeZone=110\ntimezone=4", "stands here for the second time", 11)]
    [InlineData("[UserData]", "UserData", "neither a [section]", 12)]
    [InlineData("[Unattended]", "X=1\n[Unattended]", "has to come before this", 2)]
    public void A_mistake_in_an_inf_is_shown_with_its_line(string good, string bad, string says, int line)
    {
        var text = Originals.Of(NameOf("WinXPDomain.inf")).Replace(good, bad, StringComparison.Ordinal);

        var fault = AnswerFile.Check(NameOf("WinXPDomain.inf"), text)[0];

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Equal(line, fault.Line);
    }

    [Theory]
    [InlineData("Win10Domain.xml", "JOINPASSWORD", "<Password>JOINPASSWORD</Password>")]
    [InlineData("Win10Workgroup.xml", "WORKGROUP", "<JoinWorkgroup>WORKGROUP</JoinWorkgroup>")]
    [InlineData("WinXPDomain.inf", "HOSTNAME", "ComputerName=HOSTNAME")]
    public void A_template_without_a_placeholder_it_needs_is_refused(string name, string word, string line)
    {
        var text = Originals.Of(NameOf(name)).Replace(line, name.EndsWith("inf", StringComparison.Ordinal) ? "" : "<X>1</X>", StringComparison.Ordinal);

        var fault = Assert.Single(AnswerFile.Check(NameOf(name), text));

        Assert.Equal(0, fault.Line);
        Assert.StartsWith(word + " is missing", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_or_enormous_file_is_refused_without_a_fault_of_ours()
    {
        Assert.NotEmpty(AnswerFile.Check(NameOf("Win10Domain.xml"), ""));
        Assert.NotEmpty(AnswerFile.Check(NameOf("WinXPDomain.inf"), ""));
        Assert.NotEmpty(AnswerFile.Check(NameOf("WinXPDomain.inf"), new string('x', AnswerFile.MaxLength + 1)));
    }

    [Fact]
    public void Elements_nested_without_end_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 15_000)) + "MACHINEOU" + string.Concat(Enumerable.Repeat("</a>", 15_000));
        var text = Originals.Of(NameOf("Win10Domain.xml")).Replace("<HideEULAPage>true</HideEULAPage>", deep, StringComparison.Ordinal);

        Assert.Contains("more than 64 deep", AnswerFile.Check(NameOf("Win10Domain.xml"), text)[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_templates_are_judged_and_what_is_found_good_can_be_filled() => Seeded.Cases(3000, random =>
    {
        var name = TemplateName.All[random.Next(TemplateName.All.Count)];
        var text = Encoding.UTF8.GetString(Mutation.Of(Encoding.UTF8.GetBytes(Originals.Of(name)), random));

        if (AnswerFile.Check(name, text).Count == 0)
        {
            Assert.NotEmpty(AnswerFile.Fill(name, text, new HostValues { Name = ComputerName.Parse("pc1"), Workgroup = "w", Domain = "d", JoinUser = "u", JoinPassword = "p" }));
        }
    });

    private static TemplateName NameOf(string text) => TemplateName.TryParse(text, out var name) ? name : throw new ArgumentException(text);
}
