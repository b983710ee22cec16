using System.Buffers.Binary;
using System.Globalization;

namespace OsDeploy.Windows;

/// <summary>What a running Windows shows as <c>SYSTEM\CurrentControlSet</c>: on the disk there are only numbered ones (Microsoft, KB 100010).</summary>
internal static class ControlSets
{
    private const string Numbered = "ControlSet";

    private static readonly string[] s_selected = ["Current", "Default"];

    public static bool IsOne(string root, string name) => IsSystem(root) && name.StartsWith(Numbered, StringComparison.OrdinalIgnoreCase)
        && name.Length == Numbered.Length + 3 && name[Numbered.Length..].All(char.IsAsciiDigit);

    /// <summary>The paths that a change means: of the current control set each that there is, whichever Windows starts with next.</summary>
    public static IReadOnlyList<string> Each(Hive hive, string root, string path) =>
        Rest(root, path) is not { } rest ? [path] : [.. NamesIn(hive, root).Select(name => name + rest)];

    /// <summary>The one path that a question means.</summary>
    public static string Current(Hive hive, string root, string path)
    {
        if (Rest(root, path) is not { } rest)
        {
            return path;
        }

        var names = NamesIn(hive, root);
        var selected = s_selected.Select(name => Selected(hive, name)).FirstOrDefault(name => names.Contains(name, StringComparer.OrdinalIgnoreCase));
        return (selected ?? names.FirstOrDefault(RegistryRoots.CurrentControlSet)) + rest;
    }

    private static string? Rest(string root, string path) => IsSystem(root) && RegistryRoots.Below(path, RegistryRoots.CurrentControlSet) is { } rest
        ? rest.Length == 0 ? "" : '\\' + rest
        : null;

    private static List<string> NamesIn(Hive hive, string root) =>
        [.. hive.ChildrenOf(hive.Root).Select(hive.NameOf).Where(name => IsOne(root, name)).Order(StringComparer.OrdinalIgnoreCase)];

    private static string? Selected(Hive hive, string name)
    {
        var data = hive.Find("Select") is { } select ? hive.ValuesOf(select).FirstOrDefault(value => value.Is(name))?.Data.Bytes : null;
        return data is { Length: sizeof(uint) } ? string.Create(CultureInfo.InvariantCulture, $"{Numbered}{BinaryPrimitives.ReadUInt32LittleEndian(data):D3}") : null;
    }

    private static bool IsSystem(string root) => string.Equals(root, RegistryRoots.System, StringComparison.OrdinalIgnoreCase);
}
