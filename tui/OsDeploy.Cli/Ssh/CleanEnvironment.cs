using System.Collections;
using System.Text.RegularExpressions;

namespace OsDeploy.Cli.Ssh;

/// <summary>
/// What is left of an environment that came over the network: which terminal it is and which language, if they look like it. TERMINFO,
/// LESSOPEN, LD_PRELOAD and all the others have no reader here, and get none.
/// </summary>
internal static partial class CleanEnvironment
{
    /// <param name="all">Names and values as they came.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> all)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        Keep("TERM", TermGrammar());
        Keep("LANG", LanguageGrammar());
        return kept;

        void Keep(string name, Regex grammar)
        {
            if (all.TryGetValue(name, out var value) && grammar.IsMatch(value))
            {
                kept.Add(name, value);
            }
        }
    }

    /// <summary>For this program and all it starts.</summary>
    /// <returns>What there was before.</returns>
    public static IReadOnlyDictionary<string, string> Apply()
    {
        var before = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => variable.Value as string ?? "", StringComparer.Ordinal);
        var kept = Of(before);
        foreach (var name in before.Keys.Where(name => !kept.ContainsKey(name)))
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        return before;
    }

    // Names of terminals have no slash: they are looked up as files.
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9+._-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TermGrammar();

    [GeneratedRegex(@"^[A-Za-z]{1,3}(?:_[A-Z]{2})?(?:\.[A-Za-z0-9-]{1,12})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageGrammar();
}
