namespace OsDeploy.Windows;

/// <summary>Where a key of a running Windows lies in its files.</summary>
/// <param name="File">Path of the hive.</param>
/// <param name="Root">What the file's own root is called.</param>
/// <param name="Path">Below it; may begin with <see cref="RegistryRoots.CurrentControlSet"/>, of which a file knows nothing.</param>
internal sealed record HivePlace(string File, string Root, string Path);

/// <summary>The files in which a Windows keeps the keys it shows.</summary>
internal static class RegistryRoots
{
    public const string System = @"HKEY_LOCAL_MACHINE\SYSTEM";
    public const string CurrentControlSet = "CurrentControlSet";

    // Microsoft, "Registry Hives" and "HKEY_CLASSES_ROOT Key".
    private static readonly (string Seen, string Kept)[] s_otherNames =
    [
        ("HKEY_CLASSES_ROOT", @"HKEY_LOCAL_MACHINE\SOFTWARE\Classes"),
        (@"HKEY_USERS\S-1-5-18", @"HKEY_USERS\.DEFAULT"),
    ];

    // Of the places of a file the first that is there.
    private static readonly (string Root, string[] Files)[] s_hives =
    [
        (System, InSystemFolder("SYSTEM")),
        (@"HKEY_LOCAL_MACHINE\SOFTWARE", InSystemFolder("SOFTWARE")),
        (@"HKEY_LOCAL_MACHINE\SAM", InSystemFolder("SAM")),
        (@"HKEY_LOCAL_MACHINE\SECURITY", InSystemFolder("SECURITY")),
        (@"HKEY_USERS\.DEFAULT", InSystemFolder("DEFAULT")),
        ("HKEY_CURRENT_USER", ["Users/Default/NTUSER.DAT", "Documents and Settings/Default User/NTUSER.DAT"]),
    ];

    /// <param name="find">Finds a file of the volume without case, by its path with slashes.</param>
    /// <exception cref="UserErrorException"><c>registry-root</c>; <c>registry-hive</c>: not on this volume</exception>
    public static HivePlace Of(string key, Func<string, string?> find)
    {
        var kept = Kept(key);
        foreach (var (root, files) in s_hives)
        {
            if (Below(kept, root) is { } path)
            {
                return new HivePlace(files.Select(find).FirstOrDefault(file => file is not null) ?? throw WindowsErrors.NoHive(key), root, path);
            }
        }

        throw WindowsErrors.Root(key);
    }

    /// <param name="root">What the root of <paramref name="file"/> is.</param>
    /// <exception cref="UserErrorException"><c>registry-root</c>: the key lies elsewhere</exception>
    public static HivePlace Of(string key, string file, string root) =>
        Below(Kept(key), Kept(root)) is { } path ? new HivePlace(file, Kept(root), path) : throw WindowsErrors.Root(key);

    /// <returns>Null: not below it. Empty: the same key.</returns>
    public static string? Below(string key, string root) =>
        !key.StartsWith(root, StringComparison.OrdinalIgnoreCase) ? null
        : key.Length == root.Length ? ""
        : key[root.Length] == '\\' ? key[(root.Length + 1)..]
        : null;

    private static string Kept(string key)
    {
        foreach (var (seen, kept) in s_otherNames)
        {
            if (Below(key, seen) is { } path)
            {
                return path.Length == 0 ? kept : $@"{kept}\{path}";
            }
        }

        return key;
    }

    private static string[] InSystemFolder(string name) => [$"Windows/System32/config/{name}", $"WINNT/System32/config/{name}"];
}
