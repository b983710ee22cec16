using System.Diagnostics.CodeAnalysis;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>Addresses of network cards as people paste them.</summary>
internal static class MacText
{
    // Colons, dashes and dots are inside of addresses.
    private static readonly char[] s_between = [' ', '\t', '\r', '\n', ',', ';', '|', '"', '\''];

    /// <returns>Each once, in the order they came.</returns>
    public static bool TryParse(string text, out IReadOnlyList<MacAddress> macs, [NotNullWhen(false)] out string? wrong)
    {
        var found = new List<MacAddress>();
        wrong = null;
        foreach (var word in text.Split(s_between, StringSplitOptions.RemoveEmptyEntries))
        {
            if (MacAddress.TryParse(word, out var mac))
            {
                found.Add(mac);
            }
            else
            {
                wrong ??= word;
            }
        }

        macs = [.. found.Distinct()];
        return wrong is null;
    }

    public static IReadOnlyList<MacAddress> Parse(string text) => TryParse(text, out var macs, out _) ? macs : [];

    /// <summary>For a field: what is wrong, or null.</summary>
    public static string? Rule(string text) => TryParse(text, out _, out var wrong) ? null : $"\"{Printable.Of(wrong, 40)}\": {Words.Common.MacRule}";

    public static string? NameRule(string text) => ComputerName.TryParse(text, out _) ? null : Words.Common.ComputerNameRule;

    public static string Count(int macs) => Language.Count(macs, Words.Hosts.MacsOne, Words.Hosts.MacsOther);
}
