using OsDeploy.Api.Boot;

namespace OsDeploy.Cli.Verbs.Boot;

/// <summary>Values of <c>osdeploy boot set</c> that have a form of their own.</summary>
internal static class TypedBoot
{
    /// <exception cref="UserErrorException"><c>usage-boot</c></exception>
    public static BootRule Rule(string text) => BootRuleText.TryParse(text, out var rule) ? rule : throw ServerErrors.UsageBoot("--rule", text, BootRuleText.Syntax);

    /// <exception cref="UserErrorException"><c>usage-boot</c></exception>
    public static ModelExit Model(string text) => ModelExitText.TryParse(text, out var model) ? model : throw ServerErrors.UsageBoot("--model", text, ModelExitText.Syntax);

    /// <exception cref="UserErrorException"><c>usage-boot</c></exception>
    public static (string First, string Last)? Range(string option, string? text) => text?.Split('-') switch
    {
        null => null,
        [var first, var last] => (first, last),
        _ => throw ServerErrors.UsageBoot(option, text, "FIRST-LAST"),
    };
}
