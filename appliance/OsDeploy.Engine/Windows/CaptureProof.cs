using System.Text;
using System.Text.RegularExpressions;
using OsDeploy.Api.Configurations;
using OsDeploy.Personalisation;
using OsDeploy.Templates;
using OsDeploy.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Windows;

/// <summary>What a partition is meant to hold, and how the computers restored from it join.</summary>
public sealed record PlannedSystem(OperatingSystem Os, JoinMode Join)
{
    /// <summary>Its set-up runs again on each computer, with an answer file: it must have been generalised.</summary>
    internal bool NeedsSetUp => TemplateName.For(Os, Join) is not null;
}

/// <summary>
/// Whether a Windows is fit to become an image, judged from its files and its registry. Only looks.
/// </summary>
/// <param name="plan">Null: nobody has said what this partition is for.</param>
internal sealed partial class CaptureProof(VolumeTree tree, string partition, PlannedSystem? plan)
{
    private const int MostLog = 64 << 20;
    private const string CurrentVersion = @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion";
    private const string Setup = @"HKEY_LOCAL_MACHINE\SYSTEM\Setup";

    // Microsoft, "Windows Setup States".
    private const string GeneralizedToOobe = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";
    private const string GeneralizedToAudit = "IMAGE_STATE_GENERALIZE_RESEAL_TO_AUDIT";

    private static readonly string[] s_logs = ["Windows/System32/Sysprep/Panther/setuperr.log", "Windows/System32/Sysprep/Panther/setupact.log"];

    // Where it is mounted meanwhile says nothing to anybody.
    private readonly WindowsRegistry _registry = WindowsRegistry.Of(tree.Find, file => $"{Path.GetRelativePath(tree.Root, file)} of {partition}");

    private bool HasMiniSetup => plan is { Os: OperatingSystem.Win2K or OperatingSystem.WinXP } || tree.Find("WINNT/System32/config/SYSTEM") is not null;

    /// <returns>Nothing where there is no Windows.</returns>
    public IReadOnlyList<CaptureFinding> Find()
    {
        if (tree.Find("Windows/System32/config/SYSTEM") is null && tree.Find("WINNT/System32/config/SYSTEM") is null)
        {
            return [];
        }

        var found = new List<CaptureFinding>();
        try
        {
            found.AddRange(FindInState());
            found.AddRange(FindUpdates());
        }
        catch (UserErrorException e) when (e.Code.StartsWith("hive-", StringComparison.Ordinal))
        {
            // A host could not be given its name in such a registry, nor its settings.
            found.Add(new CaptureFinding(e, IsRefusal: plan is { Join: not JoinMode.No }));
        }

        found.AddRange(new SecretScan(tree).Find().Select(place => new CaptureFinding(WindowsErrors.SecretLeft(partition, place), IsRefusal: true)));
        return found;
    }

    private IEnumerable<CaptureFinding> FindInState()
    {
        if (plan is { NeedsSetUp: false } || (HasMiniSetup ? IsResealed() : IsGeneralized()))
        {
            yield break;
        }

        var error = BlockingPackages() is { Count: > 0 } packages ? WindowsErrors.SysprepFailed(partition, packages)
            : HasMiniSetup ? WindowsErrors.NotResealed(partition)
            : WindowsErrors.NotGeneralized(partition, ImageState() ?? "not known");
        yield return new CaptureFinding(error, IsRefusal: plan is not null);
    }

    // Windows Update and component servicing each leave a key behind that goes with the restart (Microsoft, "Pending reboot" of Configuration Manager).
    private IEnumerable<CaptureFinding> FindUpdates()
    {
        if (Has($@"{CurrentVersion}\WindowsUpdate\Auto Update", "RebootRequired")
            || Has($@"{CurrentVersion}\Component Based Servicing", "RebootPending")
            || tree.Find("Windows/WinSxS/pending.xml") is not null)
        {
            yield return new CaptureFinding(WindowsErrors.UpdatesPending(partition), IsRefusal: false);
        }
    }

    private bool Has(string key, string subKey) => _registry.SubKeys(key).Contains(subKey, StringComparer.OrdinalIgnoreCase);

    private bool IsGeneralized() => ImageState() is GeneralizedToOobe or GeneralizedToAudit;

    // Sysprep of 2000 and XP has Windows begin with Mini-Setup, which takes its answers from this folder.
    private bool IsResealed() => tree.Find("sysprep") is not null
        && (_registry.Read(Setup, "SystemSetupInProgress") is { Bytes: [1, 0, 0, 0] }
            || TextOf(Setup, "CmdLine")?.Contains("-mini", StringComparison.OrdinalIgnoreCase) == true);

    private string? ImageState() => TextOf($@"{CurrentVersion}\Setup\State", "ImageState");

    private string? TextOf(string key, string name) => _registry.Read(key, name) is { Type: RegistryType.Text or RegistryType.ExpandedText } data
        ? Encoding.Unicode.GetString(data.Bytes).TrimEnd('\0')
        : null;

    private List<string> BlockingPackages() =>
        [.. s_logs.Select(log => tree.TryRead(log, MostLog)).OfType<byte[]>()
            .SelectMany(log => Package().Matches(ForeignText.Of(log)).Select(match => match.Groups[1].Value))
            .Distinct(StringComparer.OrdinalIgnoreCase)];

    // Microsoft, KB 2769827.
    [GeneratedRegex(@"SYSPRP\s+Package (\S{1,200}) was installed for a user, but not provisioned for all users", RegexOptions.IgnoreCase)]
    private static partial Regex Package();
}
