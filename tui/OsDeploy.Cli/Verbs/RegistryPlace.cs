using System.CommandLine;
using OsDeploy.Windows;

namespace OsDeploy.Cli.Verbs;

/// <summary>Which registry is meant: a Windows that is mounted at a folder, or a single file of it.</summary>
internal sealed class RegistryPlace
{
    private readonly Option<string?> _windows = VerbOptions.Text("--windows", "Folder at which the partition of Windows is mounted.", "DIR");
    private readonly Option<string?> _hive = VerbOptions.Text("--hive", "A single file of a registry, such as SOFTWARE or NTUSER.DAT.", "FILE");
    private readonly Option<string?> _root = VerbOptions.Text("--root", @"What the root of that file is, such as HKEY_LOCAL_MACHINE\SOFTWARE.", "KEY");

    public IReadOnlyList<Option> Options => [_windows, _hive, _root];

    /// <exception cref="UserErrorException"><c>usage-registry</c>: neither or both, or no root; <c>file-unreadable</c></exception>
    public (WindowsRegistry Registry, string Name) Open(ParseResult parsed) => (parsed.GetValue(_windows), parsed.GetValue(_hive), parsed.GetValue(_root)) switch
    {
        ({ } folder, null, null) => (WindowsRegistry.OfFolder(folder), Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))),
        (null, { } hive, { } root) => (WindowsRegistry.OfHive(hive, root), Path.GetFileName(hive)),
        _ => throw Errors.UsageRegistry(),
    };
}
