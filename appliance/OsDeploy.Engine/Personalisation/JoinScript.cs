using System.Buffers;
using System.Text;
using OsDeploy.Templates;
using OsDeploy.Text;

namespace OsDeploy.Personalisation;

/// <summary>A school's own Windows script that joins, with its placeholders filled.</summary>
internal static class JoinScript
{
    private const string Offline = "ACCOUNTDATA";

    // What a value could end a command with, or begin another (Microsoft, "Cmd", special characters).
    private static readonly SearchValues<char> s_special = SearchValues.Create("&|<>^()@;,= \t!");

    /// <exception cref="UserErrorException"><c>join-script-value</c>: a value would become a command there</exception>
    /// <param name="isOld">Windows 2000 or XP, whose command interpreter stops at UTF-8.</param>
    public static byte[] Fill(string name, byte[] script, HostValues values, bool isOld)
    {
        var filled = string.Concat(ForeignText.Of(script).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => FillLine(name, line, values) + "\r\n"));
        return isOld ? Encoding.Latin1.GetBytes(filled) : Encoding.UTF8.GetBytes(Ascii.IsValid(filled) ? filled : "@chcp 65001 >nul\r\n" + filled);
    }

    /// <summary>
    /// Placeholders in it that have no value. The name that the master had may be unknown; of an account and of what djoin made, a script that
    /// knows both needs one.
    /// </summary>
    public static IReadOnlyList<Placeholder> Unset(byte[] script, HostValues values)
    {
        var joining = Placeholder.In(ForeignText.Of(script)).Where(placeholder => placeholder.Word is "DOMAIN" or "WORKGROUP" || IsWay(placeholder)).Distinct().ToList();
        var unset = joining.FindAll(placeholder => string.IsNullOrEmpty(placeholder.ValueOf(values)));
        var ways = joining.Where(IsWay).GroupBy(placeholder => placeholder.Word == Offline).ToList();
        return ways.Count > 1 && ways.Exists(way => !way.Any(unset.Contains)) ? unset.FindAll(placeholder => !IsWay(placeholder)) : unset;
    }

    private static bool IsWay(Placeholder placeholder) => placeholder.Word is "JOINUSER" or "JOINPASSWORD" or Offline;

    private static string FillLine(string name, string line, HostValues values)
    {
        var (filled, from) = (new StringBuilder(), 0);
        foreach (var (placeholder, at) in Placeholder.PlacesIn(line))
        {
            filled.Append(line, from, at - from);
            var isQuoted = line.AsSpan(0, at).Count('"') % 2 == 1;
            filled.Append(Escaped(name, placeholder, placeholder.ValueOf(values) ?? "", isQuoted));
            from = at + placeholder.Word.Length;
        }

        return filled.Append(line, from, line.Length - from).ToString();
    }

    private static string Escaped(string name, Placeholder placeholder, string value, bool isQuoted) =>
        value.Contains('"', StringComparison.Ordinal) || value.Any(char.IsControl) || (!isQuoted && value.AsSpan().ContainsAny(s_special))
            ? throw PersonalErrors.JoinScriptValue(name, placeholder.Word)
            : value.Replace("%", "%%", StringComparison.Ordinal);
}
