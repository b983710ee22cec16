using System.Text;
using OsDeploy.Api.Configurations;
using OsDeploy.Personalisation;
using OsDeploy.Templates;
using OsDeploy.Text;
using OsDeploy.Tui.Tests;
using OsDeploy.Windows;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Personalisation;

/// <summary>What is done on each kind of Windows, to the letter.</summary>
public sealed class WindowsPlanTests : IDisposable
{
    private static readonly PersonalSecrets s_account = new([new PartitionProductId(1, 3, "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY")], "joiner", "it's $ecret");

    private readonly Dictionary<ContentId, byte[]> _content = [];
    private readonly WindowsFolder _windows = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_windows_10_that_joins_a_domain() => Compare("Win10Domain", await PlanAsync(
        OperatingSystem.Win10, JoinMode.Domain,
        File(PersonalFileKind.Setup, "10-first.cmd", "echo first"),
        File(PersonalFileKind.Setup, "tools/20 second.ps1", "echo second"),
        File(PersonalFileKind.Setup, "logo.png", "picture"),
        File(PersonalFileKind.Printers, "room.txt", "\\\\print\\r101\r\n\r\n\\\\print\\hall\r\n"),
        File(PersonalFileKind.Driver, "intel/net/e1d.inf", "driver"),
        File(PersonalFileKind.Driver, "intel/net/e1d.sys", "driver"),
        File(PersonalFileKind.Registry, "proxy.reg", "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\School]\r\n\"Proxy\"=\"proxy\"\r\n")));

    [Fact]
    public async Task A_windows_11_that_was_not_closed_with_sysprep() => Compare("Win11Simple", await PlanAsync(OperatingSystem.Win11, JoinMode.Simple, File(PersonalFileKind.Setup, "settings.cmd", "echo")));

    [Fact]
    public async Task A_windows_7_that_joins_by_what_djoin_made() =>
        Compare("Win7SimpleAccount", await PlanAsync(OperatingSystem.Win7, JoinMode.Simple, PersonalSecrets.None with { AccountData = "QUJD" }));

    [Fact]
    public async Task A_windows_10_with_a_script_of_the_schools_own_that_joins() => Compare("Win10JoinScript", await PlanAsync(
        OperatingSystem.Win10, JoinMode.Domain, File(PersonalFileKind.JoinScript, "sda3-domainjoin.bat", "rem OLDNAME becomes HOSTNAME\njoin \"DOMAIN\" \"JOINUSER\" \"JOINPASSWORD\"\n")));

    [Fact]
    public async Task A_windows_xp_that_joins_a_domain() => Compare("WinXPDomain", await PlanAsync(
        OperatingSystem.WinXP, JoinMode.Domain, File(PersonalFileKind.Setup, "a.cmd", "echo"), File(PersonalFileKind.Setup, "drivers\\readme.txt".Replace('\\', '/'), "text")));

    [Fact]
    public async Task Without_joining_it_still_gets_its_name()
    {
        var plan = await PlanAsync(OperatingSystem.Win10, JoinMode.Domain, PersonalSecrets.None, Host() with { Joining = new Joining("school.example", IsOff: true) });
        var answers = AnswersOf(plan);
        Assert.Contains("<ComputerName>r101-pc05</ComputerName>", answers, StringComparison.Ordinal);
        Assert.DoesNotContain("Identification", answers, StringComparison.Ordinal);
        Assert.DoesNotContain("school.example", answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_account_it_gets_its_name_and_a_warning_says_that_it_joins_nothing()
    {
        var plan = await PlanAsync(OperatingSystem.Win10, JoinMode.Domain, PersonalSecrets.None);
        Assert.Contains("joins nothing", Assert.Single(plan.Warnings), StringComparison.Ordinal);
        Assert.Contains("<ComputerName>r101-pc05</ComputerName>", AnswersOf(plan), StringComparison.Ordinal);
        Assert.DoesNotContain("Identification", AnswersOf(plan), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PersonalFileKind.Registry, "a.reg", "no registry file", "registry-file")]
    [InlineData(PersonalFileKind.Setup, "größe.cmd", "echo", "personal-script-name")]
    [InlineData(PersonalFileKind.Printers, "p.txt", "printer", "personal-printer")]
    public async Task What_would_stop_it_later_is_found_without_the_disk(PersonalFileKind kind, string path, string text, string code)
    {
        var file = File(kind, path, text);
        var content = new PersonalContent((id, _) => Task.FromResult<Stream>(new MemoryStream(_content[id])));
        Assert.Equal(code, (await Assert.ThrowsAsync<UserErrorException>(() => WindowsPlan.CheckAsync(new PersonalSystem(1, 3, OperatingSystem.Win10, JoinMode.No), [file], content, Cancel))).Code);
    }

    [Fact]
    public async Task Answer_files_of_the_master_go_whatever_their_case()
    {
        string[] stale = ["Windows/Panther/Unattend/Unattend.xml", "Windows/System32/sysprep/unattend.xml", "AutoUnattend.xml"];
        foreach (var path in stale)
        {
            _windows.Write(path, "old");
        }

        var plan = await PlanAsync(OperatingSystem.Win10, JoinMode.Domain);

        Assert.Equal(stale.Order(), plan.Files.OfType<RemoveStep>().Select(step => Path.GetRelativePath(_windows.Path, _windows.Tree.Find(step.Path)!)).Order());
    }

    [Fact]
    public async Task What_the_master_had_for_the_end_of_set_up_is_run_first()
    {
        _windows.Write("Windows/Setup/Scripts/SetupComplete.cmd", "echo master");
        var plan = await PlanAsync(OperatingSystem.Win10, JoinMode.Domain, File(PersonalFileKind.Setup, "a.cmd", "echo"));

        Assert.Equal("echo master", TextOf(plan, "Windows/Setup/Scripts/SetupComplete-master.cmd"));
        var script = TextOf(plan, "Windows/Setup/Scripts/SetupComplete.cmd");
        Assert.True(script.IndexOf("SetupComplete-master.cmd", StringComparison.Ordinal) is > 0 and var at && at < script.IndexOf("a.cmd", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(OperatingSystem.Win7, false)]
    [InlineData(OperatingSystem.Win8, true)]
    [InlineData(OperatingSystem.Win11, true)]
    public async Task Where_windows_may_leave_the_end_of_set_up_out_a_task_starts_it_once(OperatingSystem os, bool isLate)
    {
        var plan = await PlanAsync(os, JoinMode.Domain, File(PersonalFileKind.Setup, "a.cmd", "echo"));

        Assert.Equal(isLate, plan.Files.Any(step => step.Path == "Windows/Setup/Scripts/osdeploy-late.cmd"));
        Assert.Equal(isLate, plan.Files.Any(step => step.Path == "Windows/Setup/Scripts/osdeploy-once.txt"));
        Assert.Equal(isLate, AnswersOf(plan).Contains("osdeploy-late.cmd register</Path>", StringComparison.Ordinal));
        Assert.Equal(isLate, TextOf(plan, "Windows/Setup/Scripts/SetupComplete.cmd").Split('\n')[3].StartsWith("move /y \"%~dp0osdeploy-once.txt\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nothing_is_to_be_started_there_is_no_task() =>
        Assert.DoesNotContain("osdeploy", AnswersOf(await PlanAsync(OperatingSystem.Win11, JoinMode.Domain)), StringComparison.Ordinal);

    [Theory]
    [InlineData(OperatingSystem.WinVista)]
    [InlineData(OperatingSystem.WinXP)]
    public async Task A_windows_that_cannot_join_without_sysprep_is_refused(OperatingSystem os) =>
        Assert.Equal("personal-simple", (await Assert.ThrowsAsync<UserErrorException>(() => PlanAsync(os, JoinMode.Simple))).Code);

    [Fact]
    public void A_partition_without_a_windows_is_refused() =>
        Assert.Equal("personal-no-windows", Assert.Throws<UserErrorException>(() => WindowsVolume.Of(new VolumeTree(Path.GetTempPath() + Path.GetRandomFileName(), ignoresCase: true), OperatingSystem.Win10, "sda2")).Code);

    [Theory]
    [InlineData(@"\\server\a""b")]
    [InlineData(@"\\server\a & format c:")]
    [InlineData("printer")]
    public async Task A_printer_that_would_be_a_command_is_refused(string printer) =>
        Assert.Equal("personal-printer", (await Assert.ThrowsAsync<UserErrorException>(() => PlanAsync(OperatingSystem.Win10, JoinMode.Domain, File(PersonalFileKind.Printers, "p.txt", printer)))).Code);

    public void Dispose() => _windows.Dispose();

    private static Personality Host() => new()
    {
        Name = ComputerName.Parse("r101-pc05"),
        SchoolName = "Grundschule Süd & Co.",
        SchoolLanguage = "de-DE",
        Joining = new Joining("school.example", "OU=rooms,DC=school,DC=example"),
    };

    private PersonalFile File(PersonalFileKind kind, string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _content[ContentId.Of(bytes)] = bytes;
        return new PersonalFile(kind, path, ContentId.Of(bytes), bytes.Length);
    }

    private Task<VolumePlan> PlanAsync(OperatingSystem os, JoinMode join, params IReadOnlyList<PersonalFile> files) => PlanAsync(os, join, s_account, Host(), files);

    private Task<VolumePlan> PlanAsync(OperatingSystem os, JoinMode join, PersonalSecrets secrets, params IReadOnlyList<PersonalFile> files) => PlanAsync(os, join, secrets, Host(), files);

    private Task<VolumePlan> PlanAsync(OperatingSystem os, JoinMode join, PersonalSecrets secrets, Personality host, params IReadOnlyList<PersonalFile> files)
    {
        var template = TemplateName.For(os, join) is { } name ? File(PersonalFileKind.Setup, "template", Originals.Of(name)).Content : (ContentId?)null;
        var content = new PersonalContent((id, _) => Task.FromResult<Stream>(new MemoryStream(_content[id])));
        return new WindowsPlan(WindowsVolume.Of(_windows.Tree, os, "sda3"), new PersonalSystem(1, 3, os, join, template), files, host, secrets, content).MakeAsync(Cancel);
    }

    private static string AnswersOf(VolumePlan plan) => TextOf(plan, "Windows/Panther/unattend.xml");

    private static string TextOf(VolumePlan plan, string path) => Encoding.UTF8.GetString(plan.Files.OfType<WriteStep>().Single(step => step.Path == path).Content!);

    private static void Compare(string name, VolumePlan plan)
    {
        var text = new StringBuilder();
        foreach (var step in plan.Files)
        {
            text.Append(step is RemoveStep ? "remove " : "write ").Append(step.Path).Append(" (").Append(step.What).Append(step is WriteStep { Access: FileAccessKind.Secret } ? ", secret)\n" : ")\n");

            // Answer files have golden files of their own.
            if (step is WriteStep { Content: { } bytes } && !step.Path.Contains("unattend", StringComparison.Ordinal) && !step.Path.EndsWith("sysprep.inf", StringComparison.Ordinal))
            {
                text.Append(string.Concat(ForeignText.Of(bytes).TrimEnd('\0').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => $"    {line}\n")));
            }
        }

        text.Append(Encoding.Unicode.GetString(RegistryFile.Write(plan.Registry))[1..].ReplaceLineEndings("\n"));
        Golden.Check(text.ToString(), name);
    }
}
