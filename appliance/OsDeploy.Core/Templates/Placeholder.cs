using System.Text.RegularExpressions;
using System.Xml;

namespace OsDeploy.Templates;

/// <summary>A word in a template that stands for a host's own value. They are those of the OSS cloneTool, and what joining needs today.</summary>
/// <param name="Word">Capital letters; it counts where no letter, digit or <c>_</c> touches it.</param>
/// <param name="Meaning">For the help of an editor.</param>
/// <param name="IsSecret">Its value is never shown, logged or kept in a template.</param>
public sealed partial record Placeholder(string Word, string Meaning, bool IsSecret, Func<HostValues, string?> ValueOf)
{
    // A word that somebody meant to be one: one letter missing, doubled, wrong or in the wrong place.
    private const int MostMistakes = 2;
    private const int ShortestMistaken = 6;

    public static IReadOnlyList<Placeholder> All { get; } =
    [
        new("HOSTNAME", "the host's name", IsSecret: false, values => values.Name.ToString()),
        new("OLDNAME", "the name that the master has", IsSecret: false, values => values.OldName),
        new("PRODUCTID", "the product key", IsSecret: true, values => values.ProductId),
        new("WORKGROUP", "the workgroup", IsSecret: false, values => values.Workgroup),
        new("DOMAIN", "the domain", IsSecret: false, values => values.Domain),
        new("MACHINEOU", "where the computer's account is made in the domain", IsSecret: false, values => values.MachineOu),
        new("JOINUSER", "account that may join computers", IsSecret: false, values => values.JoinUser),
        new("JOINPASSWORD", "its password", IsSecret: true, values => values.JoinPassword),
        new("ACCOUNTDATA", "what djoin /provision made for the host", IsSecret: true, values => values.AccountData),
        new("ADMINPASSWORD", "the password of the local administrator", IsSecret: true, values => values.AdminPassword),
        new("SCHOOLNAME", "the name of the school", IsSecret: false, values => values.SchoolName),
        new("SCHOOLLANGUAGE", "language and country, as de-DE", IsSecret: false, values => values.SchoolLanguage),
    ];

    public static Placeholder? Find(string word) => All.FirstOrDefault(one => one.Word == word);

    /// <summary>Placeholders in a text, in their order, each as often as it stands there.</summary>
    public static IEnumerable<Placeholder> In(string text) => Word_().Matches(text).Select(match => Find(match.Value)).OfType<Placeholder>();

    /// <summary>As <see cref="In"/>, with where each begins.</summary>
    public static IEnumerable<(Placeholder Placeholder, int At)> PlacesIn(string text) => Word_().Matches(text).Where(match => Find(match.Value) is not null).Select(match => (Find(match.Value)!, match.Index));

    /// <summary>Whether a text is one secret placeholder, and nothing else.</summary>
    public static bool IsSecretAlone(string text) => Find(text) is { IsSecret: true };

    /// <summary>A word that is no placeholder and looks like one that was mistyped.</summary>
    /// <returns>The word, and the one that was probably meant; null: there is none.</returns>
    public static (string Word, Placeholder Meant)? MistakeIn(string text) => Word_().Matches(text)
        .Where(match => match.Length >= ShortestMistaken && Find(match.Value) is null)
        .Select(match => (match.Value, Meant: All.MinBy(one => Distance(match.Value, one.Word))!))
        .Where(one => Distance(one.Value, one.Meant.Word) <= MostMistakes)
        .Select(one => ((string, Placeholder)?)one).FirstOrDefault();

    /// <summary>A text with values for its placeholders.</summary>
    /// <param name="escape">Makes of a value what the format of the text needs.</param>
    /// <returns>Null: a placeholder in it has no value.</returns>
    /// <exception cref="UserErrorException"><c>template-value</c></exception>
    public static string? Fill(string text, HostValues values, Func<string, string>? escape = null)
    {
        var isWhole = true;
        var filled = Word_().Replace(text, match =>
        {
            if (Find(match.Value) is not { } placeholder)
            {
                return match.Value;
            }

            var value = placeholder.ValueOf(values);
            if (value?.Any(letter => char.IsControl(letter) || !(XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter))) == true)
            {
                throw Errors.TemplateValue(placeholder.Word); // it could end its line, and begin another of its own
            }

            isWhole &= !string.IsNullOrEmpty(value);
            return value is null || escape is null ? value ?? "" : escape(value);
        });
        return isWhole ? filled : null;
    }

    // Levenshtein's distance: how many letters were typed wrongly, left out or added.
    private static int Distance(string left, string right)
    {
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
            }

            above = row;
        }

        return above[^1];
    }

    [GeneratedRegex("(?<![A-Za-z0-9_])[A-Z]+(?![A-Za-z0-9_])", RegexOptions.CultureInvariant)]
    private static partial Regex Word_();
}
