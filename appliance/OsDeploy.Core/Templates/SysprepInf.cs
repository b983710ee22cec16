using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Templates;

/// <summary>
/// <c>sysprep.inf</c> of Windows 2000 and XP (Microsoft, deploy.cab, ref.chm). Values with marks that mean something there are put into quotes;
/// lines whose value is not set are left out.
/// </summary>
internal static partial class SysprepInf
{
    private const string Blanks = " \t";

    // AdminPassword=* (ref.chm, GuiUnattended).
    private const string NoPassword = "*";

    private static readonly FrozenSet<string> s_secrets = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "AdminPassword", "EncryptedAdminPassword", "DomainAdminPassword", "ProductKey", "ProductID");

    private static readonly SearchValues<char> s_marks = SearchValues.Create(";,\"=\\&'");

    public static IReadOnlyList<TemplateFault> Check(TemplateName name, string text)
    {
        var faults = new List<TemplateFault>();
        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var section = "";
        foreach (var (line, number) in LinesOf(text).Select((line, i) => (line, i + 1)))
        {
            if (IsComment(line))
            {
                continue;
            }

            if (Section().Match(line) is { Success: true } head)
            {
                section = head.Groups[1].Value;
            }
            else if (Setting().Match(line) is not { Success: true } setting)
            {
                faults.Add(TemplateFault.NotInf(number));
            }
            else if (section.Length == 0)
            {
                faults.Add(TemplateFault.NoSection(number));
            }
            else
            {
                var (key, value) = (setting.Groups[1].Value, setting.Groups[3].Value);
                faults.AddRange(keys.Add($"{section}\0{key}") ? CheckSetting(name, key, value, number) : [TemplateFault.Twice(number, key)]);
                faults.AddRange(keys.Contains("Identification\0JoinDomain") && keys.Contains("Identification\0JoinWorkgroup") && key.StartsWith("Join", StringComparison.OrdinalIgnoreCase) ? [TemplateFault.BothJoins(number)] : []);
            }
        }

        return faults;
    }

    /// <summary>Lines end as Windows writes them. Letters outside ASCII make it UTF-16, which Windows knows by its first two bytes.</summary>
    public static byte[] Fill(string text, HostValues values)
    {
        var filled = string.Concat(LinesOf(text).Select(line => FillLine(line, values)).OfType<string>().Select(line => line + "\r\n"));
        return Ascii.IsValid(filled) ? Encoding.ASCII.GetBytes(filled) : [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(filled)];
    }

    private static IEnumerable<TemplateFault> CheckSetting(TemplateName name, string key, string value, int line)
    {
        if (Placeholder.MistakeIn(value) is { } mistake)
        {
            yield return TemplateFault.Mistyped(line, mistake.Word, mistake.Meant);
        }

        // KB Q250985: Windows 2000 stops where ProductID is missing; XP reads ProductKey (ref.chm, UserData).
        var (right, wrong) = name.Os == OperatingSystem.Win2K ? ("ProductID", "ProductKey") : ("ProductKey", "ProductID");
        if (key.Equals(wrong, StringComparison.OrdinalIgnoreCase))
        {
            yield return TemplateFault.OtherKey(line, wrong, right);
        }

        var plain = value.Trim('"');
        if (s_secrets.Contains(key) && plain is not ("" or NoPassword) && !Placeholder.IsSecretAlone(plain))
        {
            yield return TemplateFault.Secret(line, key);
        }

        if (!s_secrets.Contains(key) && Placeholder.In(value).FirstOrDefault(one => one.IsSecret) is { } astray)
        {
            yield return TemplateFault.SecretAstray(line, astray);
        }
    }

    private static string[] LinesOf(string text) => [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];

    private static bool IsComment(string line) => line.TrimStart().StartsWith(';') || string.IsNullOrWhiteSpace(line);

    private static string? FillLine(string line, HostValues values)
    {
        if (IsComment(line) || Setting().Match(line) is not { Success: true } setting || !Placeholder.In(setting.Groups[3].Value).Any())
        {
            return line;
        }

        var value = setting.Groups[3].Value;
        var isQuoted = value is ['"', .., '"'];
        if (Placeholder.Fill(value, values, isQuoted ? Doubled : null) is not { } filled)
        {
            return null;
        }

        // Between two of them Windows may look for a word of [Strings] (Microsoft, "General Syntax Rules for INF Files").
        if (filled.Contains('%', StringComparison.Ordinal))
        {
            throw Errors.TemplatePercent(setting.Groups[1].Value);
        }

        return setting.Groups[1].Value + setting.Groups[2].Value + (isQuoted || !NeedsQuotes(filled) ? filled : $"\"{Doubled(filled)}\"");
    }

    // A quotation mark within quotes is written twice (Microsoft, "General Syntax Rules for INF Files").
    private static string Doubled(string value) => value.Replace("\"", "\"\"", StringComparison.Ordinal);

    private static bool NeedsQuotes(string value) => value.AsSpan().ContainsAny(s_marks) || Blanks.Contains(value[0]) || Blanks.Contains(value[^1]);

    [GeneratedRegex(@"^\s*\[([^\]]+)\]\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\s*([^=;\[\s][^=]*?)(\s*=\s*)(.*?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Setting();
}
