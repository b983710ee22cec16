using OsDeploy.Api.Boot;

namespace OsDeploy.Cli.Verbs.Boot;

/// <summary>A rule for addresses as it is typed.</summary>
internal static class BootRuleText
{
    public const string Syntax = "FIRST[-LAST]:build=ID,unknown=tool|menu|disk";

    /// <exception cref="UserErrorException"><c>usage-boot</c></exception>
    public static BootRule Parse(string text)
    {
        var at = text.IndexOf(':', StringComparison.Ordinal);
        var (first, last) = RangeOf("--rule", at < 0 ? text : text[..at], isOneEnough: true)!.Value;
        var rule = new BootRule(first, last);
        foreach (var part in at < 0 ? [] : text[(at + 1)..].Split(','))
        {
            rule = part.Split('=') switch
            {
                ["build", var id] => rule with { Build = id },
                ["unknown", var word] when Words.TryParse<UnknownHosts>(word, out var unknown) => rule with { Unknown = unknown },
                _ => throw ServerErrors.UsageBoot("--rule", text, Syntax),
            };
        }

        return rule;
    }

    /// <param name="isOneEnough">A single address is a range too.</param>
    /// <exception cref="UserErrorException"><c>usage-boot</c></exception>
    public static (string First, string Last)? RangeOf(string option, string? text, bool isOneEnough = false) => text?.Split('-') switch
    {
        null => null,
        [var first, var last] => (first, last),
        [var only] when isOneEnough => (only, only),
        _ => throw ServerErrors.UsageBoot(option, text, "FIRST-LAST"),
    };
}

/// <summary>A model and its ways to the disk as they are typed.</summary>
internal static class ModelExitText
{
    public const string Syntax = "MAKER[/MODEL]:bios=WAY,uefi=WAY";

    /// <exception cref="UserErrorException"><c>usage-boot</c></exception>
    public static ModelExit Parse(string text)
    {
        if (text.LastIndexOf(':') is not (> 0 and var at))
        {
            throw ServerErrors.UsageBoot("--model", text, Syntax);
        }

        var name = text[..at].Split('/', 2);
        var model = new ModelExit(name[0], name.Length > 1 ? name[1] : "");
        foreach (var part in text[(at + 1)..].Split(','))
        {
            model = part.Split('=') switch
            {
                ["bios", var word] when Words.TryParse<BiosExit>(word, out var bios) => model with { Bios = bios },
                ["uefi", var word] when Words.TryParse<UefiExit>(word, out var uefi) => model with { Uefi = uefi },
                _ => throw ServerErrors.UsageBoot("--model", text, Syntax),
            };
        }

        return model;
    }
}
