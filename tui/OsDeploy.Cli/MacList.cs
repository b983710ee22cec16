using OsDeploy.Text;

namespace OsDeploy.Cli;

/// <summary>Addresses as people paste them: from a delivery note, a table, a switch.</summary>
internal static class MacList
{
    /// <summary>Between addresses; colons, dashes and dots are inside them.</summary>
    private static readonly char[] s_separators = [' ', '\t', '\r', '\n', ',', ';', '|', '"', '\''];

    /// <returns>Each once, in the order they came.</returns>
    /// <exception cref="UserErrorException"><c>usage-mac</c></exception>
    public static IReadOnlyList<MacAddress> Parse(params IEnumerable<string> texts) =>
    [
        .. texts.SelectMany(text => text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries))
            .Select(word => MacAddress.TryParse(word, out var mac) ? mac : throw ServerErrors.UsageMac(word))
            .Distinct(),
    ];
}
