namespace OsDeploy.ImageBuilder;

/// <summary>A list that people edit: a name per line, what follows <c>#</c> is for them.</summary>
internal static class PlainList
{
    public static IReadOnlyList<string> Read(string path) => Parse(File.ReadAllText(path));

    public static IReadOnlyList<string> Parse(string text) => [.. text.Split('\n')
        .Select(line => line.Split('#')[0].Trim())
        .Where(line => line.Length > 0)];
}
