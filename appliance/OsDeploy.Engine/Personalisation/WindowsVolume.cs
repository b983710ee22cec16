using System.Text;
using OsDeploy.Windows;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Personalisation;

/// <summary>A restored Windows: where its folders are, and what its registry says.</summary>
internal sealed class WindowsVolume
{
    private static readonly string[] s_roots = ["Windows", "WINNT"];

    private WindowsVolume(VolumeTree tree, string root, OperatingSystem os) => (Tree, Root, Os) = (tree, root, os);

    public VolumeTree Tree { get; }

    /// <summary>Its folder, as it is spelled there: <c>Windows</c>, <c>WINNT</c>.</summary>
    public string Root { get; }

    public OperatingSystem Os { get; }

    /// <summary>2000 and XP: Mini-Setup and <c>sysprep.inf</c>.</summary>
    public bool HasMiniSetup => Os is OperatingSystem.Win2K or OperatingSystem.WinXP;

    /// <exception cref="UserErrorException"><c>personal-no-windows</c></exception>
    public static WindowsVolume Of(VolumeTree tree, OperatingSystem os, string partition)
    {
        var root = s_roots.FirstOrDefault(folder => tree.Find(folder + "/System32/config/SYSTEM") is not null) ?? throw PersonalErrors.NoWindows(partition, os);
        return new WindowsVolume(tree, Path.GetFileName(tree.PlaceOf(root)), os);
    }

    /// <summary>A text of the registry; null: there is none.</summary>
    public string? TextOf(string key, string name) => WindowsRegistry.Of(Tree.Find).Read(key, name) is { Type: RegistryType.Text or RegistryType.ExpandedText } data
        ? Encoding.Unicode.GetString(data.Bytes).TrimEnd('\0')
        : null;
}
