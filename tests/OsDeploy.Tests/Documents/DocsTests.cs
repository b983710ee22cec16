using System.Text.RegularExpressions;
using Xunit;

namespace OsDeploy.Tests.Documents;

/// <summary>A document that names a file which is gone is worse than none.</summary>
public sealed partial class DocsTests
{
    private static readonly string[] s_topFolders =
        [.. Directory.EnumerateDirectories(Repository.Root).Select(folder => Path.GetFileName(folder)!), "artifacts"];

    public static TheoryData<string> Documents => [.. Repository.Files("*.md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_that_a_document_names_exists(string document)
    {
        var missing = PathsIn(Repository.Read(document)).Where(path => !Exists(path, document)).Distinct();

        Assert.Empty(missing);
    }

    [Fact]
    public void The_README_names_paths_at_all() => Assert.NotEmpty(PathsIn(Repository.Read("README.md")));

    [Theory]
    [InlineData("see `tui/OsDeploy.Cli/Program.cs` there", "tui/OsDeploy.Cli/Program.cs")]
    [InlineData("[format](appliance/OsDeploy.Core/Chunks/FORMAT.md#packs)", "appliance/OsDeploy.Core/Chunks/FORMAT.md")]
    [InlineData("runs `./build.sh test` first", "build.sh")]
    [InlineData("in `tests/`", "tests/")]
    [InlineData("and `Imaging/Restore.cs` of the engine", "Imaging/Restore.cs")]
    public void A_path_is_recognised(string text, string path) => Assert.Equal([path], PathsIn(text));

    [Theory]
    [InlineData("`/dev/sda`, `/usr/bin`, `DIR|URL`, `n/a`, `--store /mnt/usb/store`")]
    [InlineData("`artifacts/osdeploy disk list` is made by the build")]
    [InlineData("[the manual](https://facebook.github.io/zstd/zstd_manual.html)")]
    [InlineData("`packs/<2>/<guid>.pack` in a store")]
    public void What_is_not_a_path_of_the_repository_is_left_alone(string text) => Assert.Empty(PathsIn(text));

    /// <summary>
    /// Relative targets of links, and the first word between backticks if it is a path: below one of our top folders, a source
    /// or document file with a folder, or a script started with ./.
    /// </summary>
    private static IEnumerable<string> PathsIn(string text)
    {
        var links = Link().Matches(text).Select(match => match.Groups[1].Value);
        var quoted = Code().Matches(text).Select(match => match.Groups[1].Value).Where(IsPath);
        return links.Concat(quoted)
            .Select(path => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path)
            .Where(path => !path.StartsWith("artifacts/", StringComparison.Ordinal));
    }

    private static bool IsPath(string word) =>
        PathShape().IsMatch(word)
        && (s_topFolders.Contains(word.Split('/')[0]) || word.StartsWith("./", StringComparison.Ordinal) || SourceFile().IsMatch(word));

    // Beside the document, from the root, or (Imaging/Restore.cs) anywhere as the end of a path.
    private static bool Exists(string path, string document)
    {
        var beside = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, path);
        var fromRoot = Path.Combine(Repository.Root, path);
        return Path.Exists(beside) || Path.Exists(fromRoot)
            || Repository.Files("*" + Path.GetExtension(path)).Any(file => file.EndsWith("/" + path, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`([^`\s]+)[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[\w.-]+/[\w./-]*$")]
    private static partial Regex PathShape();

    [GeneratedRegex(@"\.(cs|csproj|md|sh|json|props|txt)$")]
    private static partial Regex SourceFile();
}
