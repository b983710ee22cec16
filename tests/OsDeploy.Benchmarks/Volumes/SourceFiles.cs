using System.Runtime.InteropServices;

namespace OsDeploy.Benchmarks.Volumes;

/// <summary>Real files of this machine, always in the same order.</summary>
internal static class SourceFiles
{
    private static readonly EnumerationOptions s_regularFiles = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>A Windows-like mix first for NTFS (.NET assemblies and packages are PE files), a Linux-like one for the others.</summary>
    public static IEnumerable<string> For(string fileSystem)
    {
        string[] windowsLike = [DotnetFolder(), NugetFolder()];
        string[] linuxLike = ["/usr/bin", "/usr/lib", "/usr/share"];
        return (fileSystem == "ntfs" ? [.. windowsLike, .. linuxLike] : linuxLike)
            .Where(Directory.Exists)
            .SelectMany(In)
            .Distinct();
    }

    /// <summary>Regular files under a folder whose names .NET can spell, in ordinal order.</summary>
    public static IReadOnlyList<string> In(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", s_regularFiles).Where(path => !path.Contains('\uFFFD', StringComparison.Ordinal));
        return [.. files.Order(StringComparer.Ordinal)];
    }

    private static string DotnetFolder() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string NugetFolder() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
