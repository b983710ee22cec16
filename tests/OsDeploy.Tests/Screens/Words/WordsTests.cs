using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using OsDeploy.Screens.Words;
using Xunit;

namespace OsDeploy.Tests.Screens.Words;

/// <summary>Every area of words there is, in every language.</summary>
public sealed partial class WordsTests
{
    // What the kernel's own font (code page 437) and Debian's (Lat15) both show.
    private const string Letters = "ÄÖÜäöüßàâçéèêëîïôùûÉ«»°";

    public static TheoryData<string> Areas =>
        [.. typeof(Language).Assembly.GetTypes().Where(type => type.Namespace == typeof(Language).Namespace && ManagerOf(type) is not null).Select(type => type.Name)];

    [Fact]
    public void There_are_areas() => Assert.Contains("Common", Areas.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Areas))]
    public void Every_language_has_the_same_words(string area)
    {
        var english = WordsOf(area, CultureInfo.InvariantCulture);
        foreach (var language in Translations)
        {
            Assert.Equal(english.Keys.Order(), WordsOf(area, language).Keys.Order());
        }
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void A_translation_takes_the_same_values_and_keeps_lines_and_hot_keys(string area)
    {
        var english = WordsOf(area, CultureInfo.InvariantCulture);
        foreach (var (key, text) in Translations.SelectMany(language => WordsOf(area, language)))
        {
            Assert.True(ValuesOf(english[key]).SetEquals(ValuesOf(text)), $"{area}.{key}: {text}");
            Assert.True(HasHotKey(english[key]) == HasHotKey(text), $"{area}.{key}: {text}");
        }
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void Every_letter_is_one_that_a_text_console_has(string area)
    {
        foreach (var (key, text) in Translations.Append(CultureInfo.InvariantCulture).SelectMany(language => WordsOf(area, language)))
        {
            var strange = text.Where(letter => letter != '\n' && letter is < ' ' or > '~' && !Letters.Contains(letter)).ToArray();
            Assert.True(strange.Length == 0, $"{area}.{key}: {new string(strange)} in {text}");
            Assert.True(text.Trim() == text, $"{area}.{key} has blanks around it");
        }
    }

    [Fact]
    public void A_word_is_looked_up_in_the_language_in_use()
    {
        var said = new List<string>();
        foreach (var language in Language.All)
        {
            Language.Use(language);
            said.Add($"{Language.Current.Code} {OsDeploy.Screens.Words.Common.Cancel}");
        }

        Assert.Equal(["en _Cancel", "de _Abbrechen", "fr _Annuler"], said);
    }

    private static IEnumerable<CultureInfo> Translations =>
        Language.All.Where(language => language != Language.English).Select(language => CultureInfo.GetCultureInfo(language.Code));

    private static ResourceManager? ManagerOf(Type type) =>
        type.GetProperty("ResourceManager", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) as ResourceManager;

    private static Dictionary<string, string> WordsOf(string area, CultureInfo culture)
    {
        var type = typeof(Language).Assembly.GetType($"{typeof(Language).Namespace}.{area}")!;
        var set = ManagerOf(type)!.GetResourceSet(culture, createIfNotExists: true, tryParents: false);
        Assert.True(set is not null, $"{area} is not there in {culture.Name}");
        return set.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static HashSet<string> ValuesOf(string text) => [.. Value().Matches(text).Select(match => match.Value)];

    private static bool HasHotKey(string text) => HotKey().IsMatch(text);

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Value();

    [GeneratedRegex(@"_\w")]
    private static partial Regex HotKey();
}
