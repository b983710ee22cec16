using System.Diagnostics.CodeAnalysis;

namespace OsDeploy.Api.Boot;

/// <summary>A rule for addresses as people type and read it.</summary>
public static class BootRuleText
{
    public const string Syntax = "FIRST[-LAST]:build=ID,unknown=tool|menu|disk";

    public static string Of(BootRule rule)
    {
        var said = new[] { rule.Build is { } build ? "build=" + build : null, rule.Unknown is { } unknown ? "unknown=" + ApiWord.Of(unknown) : null }.OfType<string>().ToList();
        return (rule.First == rule.Last ? rule.First : $"{rule.First}-{rule.Last}") + (said.Count > 0 ? ":" + string.Join(',', said) : "");
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out BootRule? rule)
    {
        var at = text.IndexOf(':', StringComparison.Ordinal);
        rule = (at < 0 ? text : text[..at]).Split('-') switch
        {
            [var first, var last] => new BootRule(first, last),
            [var only] => new BootRule(only, only),
            _ => null,
        };
        foreach (var part in at < 0 ? [] : text[(at + 1)..].Split(','))
        {
            rule = rule is null ? null : part.Split('=') switch
            {
                ["build", var id] => rule with { Build = id },
                ["unknown", var word] when ApiWord.TryParse<UnknownHosts>(word, out var unknown) => rule with { Unknown = unknown },
                _ => null,
            };
        }

        return rule is not null;
    }
}
