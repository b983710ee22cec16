using System.Text;
using OsDeploy.Personalisation;
using OsDeploy.Server.Personalisation;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Personalisation;

public sealed class AdditionChecksTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a\u001b[2Jb")]
    [InlineData("a\u202eb")]
    public void A_path_stays_below_its_folder_and_can_be_shown(string path)
    {
        foreach (var kind in Enum.GetValues<PersonalFileKind>())
        {
            TestRegistry.Refused("addition-path-invalid", () => AdditionChecks.CheckPath(kind, path));
        }
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("aux.cmd")]
    [InlineData("sub/COM1")]
    [InlineData("trailing.")]
    [InlineData("trailing /x")]
    [InlineData("what?.cmd")]
    [InlineData("\"x\"")]
    public void Names_that_Windows_cannot_have_do_not_go_there(string path)
    {
        TestRegistry.Refused("addition-path-invalid", () => AdditionChecks.CheckPath(PersonalFileKind.Setup, path));
        AdditionChecks.CheckPath(PersonalFileKind.Overlay, path);
    }

    [Theory]
    [InlineData("map-drives.cmd")]
    [InlineData("com10/auxiliary.txt")]
    [InlineData("tief/Ordner mit Umlauten äöü/x.y.z")]
    public void Ordinary_names_go_everywhere(string path) => Assert.All(Enum.GetValues<PersonalFileKind>(), kind => AdditionChecks.CheckPath(kind, path));

    [Theory]
    [InlineData(PersonalFileKind.Registry, "x.reg", "REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\School]\n\"a\"=\"b\"\n", null)]
    [InlineData(PersonalFileKind.Registry, "x.reg", "hello", "registry-file")]
    [InlineData(PersonalFileKind.PostScript, "x.sh", "#!/bin/sh\ntrue\n", null)]
    [InlineData(PersonalFileKind.PostScript, "x.sh", "true\n", "addition-file-invalid")]
    [InlineData(PersonalFileKind.BeforeJob, "x.sh", "", "addition-file-invalid")]
    [InlineData(PersonalFileKind.AfterJob, "x.sh", " #!/bin/sh", "addition-file-invalid")]
    [InlineData(PersonalFileKind.JoinScript, "join.cmd", "rem", null)]
    [InlineData(PersonalFileKind.JoinScript, "join.sh", "rem", "addition-file-invalid")]
    [InlineData(PersonalFileKind.SshKey, "anna", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ anna@desk\n", null)]
    [InlineData(PersonalFileKind.SshKey, "anna", "-----BEGIN OPENSSH PRIVATE KEY-----\n", "addition-file-invalid")]
    [InlineData(PersonalFileKind.SshKey, "anna", "\n", "addition-file-invalid")]
    [InlineData(PersonalFileKind.Printers, "p", "\\\\srv\\lib rary\r\n\r\n\\\\srv\\p2", null)]
    [InlineData(PersonalFileKind.Printers, "p", "\\\\srv\r\n", "addition-file-invalid")]
    [InlineData(PersonalFileKind.Setup, "x.bin", "\0\u0001", null)]
    public void A_file_is_what_its_kind_says(PersonalFileKind kind, string path, string text, string? refused)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (refused is null)
        {
            Assert.Null(AdditionChecks.Check(kind, path, bytes));
        }
        else
        {
            TestRegistry.Refused(refused, () => AdditionChecks.Check(kind, path, bytes));
        }
    }

    [Theory]
    [InlineData("set PASSWORD=geheim", true)]
    [InlineData("\"DefaultPassword\"=\"geheim\"", true)]
    [InlineData("Kennwort: geheim", true)]
    [InlineData("net user anna geheim /add", true)]
    [InlineData("net use z: \\\\srv\\x /user:anna geheim", true)]
    [InlineData("net user anna", false)]
    [InlineData("net user anna /delete", false)]
    [InlineData("net user anna * /add", false)]
    [InlineData("set PASSWORD=%1", false)]
    [InlineData("password=\"\"", false)]
    [InlineData("rem ask for the password first", false)]
    public void Whoever_adds_a_password_is_told(string line, bool isTold)
    {
        var warning = AdditionChecks.Check(PersonalFileKind.Setup, "x.cmd", Encoding.UTF8.GetBytes("@echo off\r\n" + line + "\r\n"));

        Assert.Equal(isTold, warning?.StartsWith("Line 2 ", StringComparison.Ordinal) == true);
        Assert.Equal(isTold, warning is not null);
        Assert.DoesNotContain("geheim", warning ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_need_not_be_read_may_be_large()
    {
        AdditionChecks.CheckLarge(PersonalFileKind.Driver, "x");
        TestRegistry.Refused("addition-file-invalid", () => AdditionChecks.CheckLarge(PersonalFileKind.PostScript, "x"));
    }
}
