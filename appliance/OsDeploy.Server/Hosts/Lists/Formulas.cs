namespace OsDeploy.Server.Hosts.Lists;

/// <summary>A spreadsheet computes what begins with <c>= + - @</c> (OWASP, "CSV Injection"). An apostrophe before it makes it text.</summary>
internal static class Formulas
{
    public static string Neutralised(string text) => IsFormula(text) ? "'" + text : text;

    /// <summary>Takes the apostrophe off again: the opposite of <see cref="Neutralised"/> for every text.</summary>
    public static string Restored(string text) => text.StartsWith('\'') && IsFormula(text) ? text[1..] : text;

    // Apostrophes before it count as part of it: else a text that has one already would lose it when it is read back.
    private static bool IsFormula(string text) => text.TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
}
