using System.Text;
using OsDeploy.Api.Configurations;
using OsDeploy.Personalisation;
using OsDeploy.Windows;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Windows;

public sealed class CaptureProofTests : IDisposable
{
    private const string CurrentVersion = @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion";
    private const string State = CurrentVersion + @"\Setup\State";
    private const string Setup = @"HKEY_LOCAL_MACHINE\SYSTEM\Setup";
    private const string Winlogon = @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon";
    private static readonly PlannedSystem s_domain = new(OperatingSystem.Win11, JoinMode.Domain);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE", null)]
    [InlineData("IMAGE_STATE_GENERALIZE_RESEAL_TO_AUDIT", null)]
    [InlineData("IMAGE_STATE_COMPLETE", "windows-not-generalized")]
    [InlineData("IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE", "windows-not-generalized")]
    [InlineData("IMAGE_STATE_UNDEPLOYABLE", "windows-not-generalized")]
    [InlineData(null, "windows-not-generalized")]
    public void A_Windows_whose_set_up_runs_again_must_be_generalised(string? state, string? code)
    {
        MakeWindows(state);

        Assert.Equal(code is null ? [] : [(code, true)], Found(s_domain));
        Assert.Equal(code is null ? [] : [(code, false)], Found(null));
        Assert.Empty(Found(s_domain with { Join = JoinMode.Simple }));
    }

    [Fact]
    public void XP_must_be_resealed_with_its_folder_for_Mini_Setup()
    {
        MakeWindows(state: null);
        var xp = new PlannedSystem(OperatingSystem.WinXP, JoinMode.Workgroup);
        Assert.Equal([("windows-not-generalized", true)], Found(xp));

        Registry.Apply([new(Setup, false, [new("SystemSetupInProgress", RegistryType.Number, [1, 0, 0, 0]), Text("CmdLine", "setup -newsetup -mini")])]);
        Assert.Equal([("windows-not-generalized", true)], Found(xp));

        Directory.CreateDirectory(_folder["SysPrep"]);
        Assert.Empty(Found(xp));
        Assert.Empty(Found(xp with { Join = JoinMode.No }));
    }

    [Fact]
    public void A_sysprep_that_failed_is_named_with_the_packages_it_failed_for()
    {
        MakeWindows("IMAGE_STATE_COMPLETE");
        Write("Windows/System32/sysprep/Panther/setuperr.log",
            "2026-11-20 10:00:00, Error                 SYSPRP Package Microsoft.Winget.Source_2024_neutral__8wekyb3d8bbwe was installed for a user, but not provisioned for all users. This package will not function properly in the sysprep image.\r\n"
            + "2026-11-20 10:00:00, Error                 SYSPRP Failed to remove apps for the current user: 0x80073cf2.\r\n");

        var finding = Assert.Single(new CaptureProof(Tree, "partition 3", s_domain).Find());

        Assert.Equal(("windows-sysprep-failed", true), (finding.Error.Code, finding.IsRefusal));
        Assert.Contains("Microsoft.Winget.Source_2024_neutral__8wekyb3d8bbwe", finding.Error.Message, StringComparison.Ordinal);
        Assert.Contains("partition 3", finding.Error.Message, StringComparison.Ordinal);
        MakeWindows("IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE");
        Assert.Empty(Found(s_domain));
    }

    [Theory]
    [InlineData(CurrentVersion + @"\WindowsUpdate\Auto Update\RebootRequired")]
    [InlineData(CurrentVersion + @"\Component Based Servicing\RebootPending")]
    [InlineData(null)]
    public void Updates_that_wait_for_a_restart_are_a_warning(string? key)
    {
        MakeWindows("IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE");
        if (key is null)
        {
            Write("Windows/winsxs/pending.xml", "<x/>");
        }
        else
        {
            Registry.Apply([new(key, false, [])]);
        }

        Assert.Equal([("windows-updates-pending", false)], Found(s_domain));
    }

    [Fact]
    public void A_password_for_logging_on_is_found_in_the_registry_and_not_said()
    {
        MakeWindows("IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE");
        Registry.Apply([new(Winlogon, false, [Text("DefaultPassword", "")])]);
        Assert.Empty(Found(s_domain));
        Registry.Apply([new(Winlogon, false, [Text("DefaultPassword", "canary-4711")])]);

        var finding = Assert.Single(new CaptureProof(Tree, "partition 1", null).Find());

        Assert.Equal(("windows-secret", true), (finding.Error.Code, finding.IsRefusal));
        Assert.DoesNotContain("canary", finding.Error.Message + finding.Error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unattend.xml", true)]
    [InlineData("Windows/Panther/unattend.xml", true)]
    [InlineData("WINDOWS/panther/Unattend/Unattend.xml", true)]
    [InlineData("Windows/System32/Sysprep/unattend.xml", true)]
    [InlineData("Windows/System32/GroupPolicy/Machine/Preferences/Groups/Groups.xml", true)]
    [InlineData("Users/anna/Documents/unattend.xml", false)]
    [InlineData("Windows/Panther/setup.log", false)]
    public void Answer_files_are_looked_for_where_Windows_looks_for_them(string path, bool isFound)
    {
        MakeWindows("IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE");
        Write(path, "<unattend xmlns=\"urn:schemas-microsoft-com:unattend\"><AutoLogon><Password><Value>canary</Value></Password></AutoLogon></unattend>");

        Assert.Equal(isFound ? [("windows-secret", true)] : [], Found(s_domain));
    }

    [Fact]
    public void A_registry_that_was_not_closed_is_refused_where_it_is_to_be_written()
    {
        MakeWindows("IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE");
        MinimalHive.Write(_folder["Windows/System32/config/SOFTWARE"], isDirty: true);

        Assert.Equal([("hive-dirty", true)], Found(s_domain));
        Assert.Equal([("hive-dirty", false)], Found(null));
    }

    [Fact]
    public void Such_a_registry_is_named_by_its_place_in_the_volume()
    {
        MakeWindows("IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE");
        MinimalHive.Write(_folder["Windows/System32/config/SOFTWARE"], isDirty: true);

        var finding = Assert.Single(new CaptureProof(Tree, "partition 1", s_domain).Find());

        Assert.Contains("The registry file Windows/System32/config/SOFTWARE of partition 1 was not closed", finding.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_volume_without_Windows_is_nobodys_business()
    {
        Write("unattend.xml", "<a><Password>canary</Password></a>");

        Assert.Empty(Found(s_domain));
    }

    private WindowsRegistry Registry => WindowsRegistry.Of(Tree.Find);

    private VolumeTree Tree => new(_folder.Path, ignoresCase: true);

    private List<(string Code, bool IsRefusal)> Found(PlannedSystem? plan) => [.. new CaptureProof(Tree, "partition 1", plan).Find().Select(finding => (finding.Error.Code, finding.IsRefusal))];

    private void MakeWindows(string? state)
    {
        MinimalHive.Write(_folder["Windows/System32/config/SYSTEM"]);
        MinimalHive.Write(_folder["Windows/System32/config/SOFTWARE"]);
        if (state is not null)
        {
            Registry.Apply([new(State, false, [Text("ImageState", state)])]);
        }
    }

    private void Write(string path, string text)
    {
        var place = Tree.PlaceOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllText(place, text);
    }

    private static RegistryValueEdit Text(string name, string text) => new(name, RegistryType.Text, [.. Encoding.Unicode.GetBytes(text), 0, 0]);
}
