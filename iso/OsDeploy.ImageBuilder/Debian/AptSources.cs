namespace OsDeploy.ImageBuilder.Debian;

/// <summary>Reads apt's lists of sources, sources.list(5), in both their forms. What it does not understand it leaves out.</summary>
internal static class AptSources
{
    private static readonly char[] s_blanks = [' ', '\t'];

    /// <param name="files">Name and content of each; the name says which form it has.</param>
    public static IReadOnlyList<AptSource> Parse(IEnumerable<(string Name, string Text)> files) => [.. files.SelectMany(file =>
        file.Name.EndsWith(".sources", StringComparison.Ordinal) ? ParseParagraphs(file.Text) : ParseLines(file.Text))];

    /// <summary>Those of this computer; a file that may not be read counts as none.</summary>
    public static IReadOnlyList<AptSource> OfThisComputer()
    {
        const string folder = "/etc/apt/sources.list.d";
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToList() : [];
        return Parse(files.Where(IsSourceFile).Prepend("/etc/apt/sources.list").Select(file => (file, TextOf(file))));
    }

    private static bool IsSourceFile(string file) => file.EndsWith(".list", StringComparison.Ordinal) || file.EndsWith(".sources", StringComparison.Ordinal);

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // deb [option=value ...] URL SUITE COMPONENT...
    private static IEnumerable<AptSource> ParseLines(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var words = WithoutOptions(line.Split('#')[0].Trim()).Split(s_blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["deb", var url, var suite, .. var components])
            {
                yield return new AptSource(url, suite, components);
            }
        }
    }

    private static string WithoutOptions(string line)
    {
        var (start, end) = (line.IndexOf('[', StringComparison.Ordinal), line.IndexOf(']', StringComparison.Ordinal));
        return start >= 0 && end > start ? line[..start] + line[(end + 1)..] : line;
    }

    private static IEnumerable<AptSource> ParseParagraphs(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var last = "";
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Append(""))
        {
            if (line.Trim().Length == 0)
            {
                foreach (var source in SourcesOf(fields))
                {
                    yield return source;
                }

                fields.Clear();
            }
            else if (line[0] is ' ' or '\t' && fields.ContainsKey(last))
            {
                fields[last] += " " + line.Trim();
            }
            else if (line[0] != '#' && line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                last = line[..colon].Trim();
                fields[last] = line[(colon + 1)..].Trim();
            }
        }
    }

    private static IEnumerable<AptSource> SourcesOf(Dictionary<string, string> fields)
    {
        string[] Words(string name) => fields.GetValueOrDefault(name, "").Split(s_blanks, StringSplitOptions.RemoveEmptyEntries);
        return Words("Enabled") is ["no"] || !Words("Types").Contains("deb")
            ? []
            : Words("URIs").SelectMany(_ => Words("Suites"), (url, suite) => new AptSource(url, suite, Words("Components")));
    }
}
