using OsDeploy.Api.Boot;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Network;

/// <summary>Rules for addresses, and the ways to the disk of models, one in a line.</summary>
internal sealed class ExceptionsForm
{
    private const int MaxText = 10_000;

    private readonly TextEntry _rules;
    private readonly TextEntry _models;

    public ExceptionsForm(ConsoleContext context, BootSettingsView view)
    {
        _rules = new TextEntry("rules", Words.Starting.Rules, string.Join('\n', view.Settings.Rules.Select(BootRuleText.Of)))
        {
            IsLong = true,
            MaxLength = MaxText,
            Rule = text => FaultIn(text, line => BootRuleText.TryParse(line, out _), BootRuleText.Syntax),
            Help = Language.Fill(Words.Starting.RulesHelp, BootRuleText.Syntax),
        };
        _models = new TextEntry("models", Words.Starting.Models, string.Join('\n', view.Settings.Models.Select(ModelExitText.Of)))
        {
            IsLong = true,
            MaxLength = MaxText,
            Rule = text => FaultIn(text, line => ModelExitText.TryParse(line, out _), ModelExitText.Syntax),
            Help = Language.Fill(Words.Starting.ModelsHelp, ModelExitText.Syntax),
        };
        Draft = new BootDraft(context, view, Words.Starting.ExceptionsTitle, Words.Starting.ExceptionsHelp, [_rules, _models], Apply, Command);
    }

    public BootDraft Draft { get; }

    private BootSettings Apply(BootSettings now) => now with
    {
        Rules = _rules.IsChanged ? [.. LinesOf(_rules.Value).Select(line => BootRuleText.TryParse(line, out var rule) ? rule : null).OfType<BootRule>()] : now.Rules,
        Models = _models.IsChanged ? [.. LinesOf(_models.Value).Select(line => ModelExitText.TryParse(line, out var model) ? model : null).OfType<ModelExit>()] : now.Models,
    };

    private CommandLine Command() => With(With(new CommandLine("boot", "set"), "--rule", _rules), "--model", _models);

    private static CommandLine With(CommandLine line, string option, TextEntry field)
    {
        var all = field.IsChanged ? LinesOf(field.Value).DefaultIfEmpty("") : [];
        return all.Aggregate(line, (sum, one) => sum.With(option, one));
    }

    private static string? FaultIn(string text, Func<string, bool> isRight, string syntax)
    {
        var lines = LinesOf(text);
        var wrong = Array.FindIndex(lines, line => !isRight(line));
        return wrong < 0 ? null : Language.Fill(Words.Starting.LineRule, wrong + 1, syntax);
    }

    private static string[] LinesOf(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
