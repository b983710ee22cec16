namespace OsDeploy.Tests;

/// <summary>The working tree the tests were built from, for tests about its text.</summary>
internal static class Repository
{
    private static readonly string[] s_generated = ["artifacts", ".git", "bin", "obj"];

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Files(string pattern, string under = ".") =>
        Directory.EnumerateFiles(Path.Combine(Root, under), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Split('/').Intersect(s_generated).Any())
            .Order(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "osdeploy.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside their working tree.");
    }
}
