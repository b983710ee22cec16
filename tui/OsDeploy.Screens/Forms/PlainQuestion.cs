using System.Globalization;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Forms;

internal enum PlainAnswer
{
    Taken,
    Back,
    Left,
}

/// <summary>Asks one field, and again until the answer will do.</summary>
internal sealed class PlainQuestion(PlainLines lines)
{
    private const string Explain = "?";
    private const string Clear = "-";

    public async Task<PlainAnswer> AskAsync(FormField field, FormModel form, CancellationToken cancel)
    {
        if (field is InfoEntry info)
        {
            lines.Say((info.IsWarning ? "! " : "") + (info.PlainLabel.Length > 0 ? $"{info.PlainLabel}: " : "") + info.Text);
            return PlainAnswer.Taken;
        }

        List(field);
        while (true)
        {
            var prompt = PromptOf(field);
            var typed = field is SecretEntry ? await lines.AskSecretAsync(prompt, cancel) : await lines.AskAsync(prompt, cancel);
            if (typed is null)
            {
                return PlainAnswer.Left;
            }

            if (PlainPrompt.IsBack(typed))
            {
                return PlainAnswer.Back;
            }

            if (typed.Trim() == Explain && field is not SecretEntry)
            {
                Help(field, form);
            }
            else if (Take(field, typed) is { } fault)
            {
                lines.Say("! " + fault);
            }
            else
            {
                return PlainAnswer.Taken;
            }
        }
    }

    private void List(FormField field)
    {
        var options = field switch
        {
            ChoiceEntry choice => choice.Options,
            MultiChoiceEntry several => several.Options,
            _ => [],
        };
        if (options.Count > 0)
        {
            lines.Say(field.PlainLabel + ":");
        }

        for (var i = 0; i < options.Count; i++)
        {
            lines.Say(string.Create(CultureInfo.InvariantCulture, $"{i + 1} {HotKey.Strip(options[i].Label)}{(options[i].Remark.Length > 0 ? "  " + options[i].Remark : "")}"));
        }
    }

    private void Help(FormField field, FormModel form)
    {
        lines.Say(field.Help.Length > 0 ? field.Help : form.Help.Length > 0 ? form.Help : Words.Common.PlainNoHelp);
        if (field is TextEntry { Value.Length: > 0 })
        {
            lines.Say(Words.Common.PlainClear);
        }

        foreach (var command in form.Equivalent?.Invoke() ?? [])
        {
            lines.Say($"{Words.Common.CommandTitle}: {command}");
        }
    }

    private static string PromptOf(FormField field) => field switch
    {
        ChoiceEntry choice => $"{Words.Common.PlainChoose}{Bracket(NumberOf(choice))}:",
        MultiChoiceEntry several => $"{Language.Fill(Words.Common.PlainChooseSome, Words.Common.All, Words.Common.None)}{Bracket(NumbersOf(several))}:",
        CheckEntry check => $"{field.PlainLabel}{Bracket(check.Value ? Words.Common.Yes : Words.Common.No)}:",
        NumberEntry number => $"{field.PlainLabel}{Bracket(number.Text)}:",
        SecretEntry { IsSet: true } => $"{field.PlainLabel}{Bracket(Words.Common.PlainSet)}:",
        TextEntry text => $"{field.PlainLabel}{Bracket(DefaultOf(text) ?? "")}:",
        _ => field.PlainLabel + ":",
    };

    private static string Bracket(string value) => value.Length > 0 ? $" [{value}]" : "";

    private static string? DefaultOf(TextEntry text) => text.Value.Length > 0 ? text.Value : text.IsRequired && text.Proposals?.Invoke() is [var best, ..] ? best : null;

    private static string NumberOf(ChoiceEntry choice)
    {
        var at = choice.Options.ToList().FindIndex(option => option.Id == choice.Value);
        return at < 0 ? "" : (at + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static string NumbersOf(MultiChoiceEntry several)
    {
        var options = several.Options;
        var chosen = Enumerable.Range(0, options.Count).Where(i => several.Values.Contains(options[i].Id)).ToList();
        return chosen.Count == 0 ? Words.Common.None
            : chosen.Count == options.Count ? Words.Common.All
            : string.Join(',', chosen.Select(i => (i + 1).ToString(CultureInfo.InvariantCulture)));
    }

    /// <returns>What is wrong; null: it is taken.</returns>
    private static string? Take(FormField field, string typed)
    {
        switch (field)
        {
            case TextEntry text:
                text.Value = typed.Length == 0 ? DefaultOf(text) ?? "" : typed == Clear ? "" : typed;
                break;
            case SecretEntry secret:
                secret.Value = typed.Length == 0 ? secret.Value : typed;
                break;
            case NumberEntry number:
                number.Text = typed.Length == 0 ? number.Text : typed;
                break;
            case CheckEntry check:
                return TakeYesNo(check, typed.Trim());
            case ChoiceEntry choice:
                choice.Value = typed.Length == 0 ? choice.Value : Find(choice.Options, typed.Trim())?.Id;
                break;
            case MultiChoiceEntry several when typed.Length > 0:
                return TakeSeveral(several, typed) ?? several.Check();
        }

        return field.Check();
    }

    private static string? TakeYesNo(CheckEntry check, string typed)
    {
        bool? said = typed.Length == 0 ? check.Value : Begins(Words.Common.Yes, typed) ? true : Begins(Words.Common.No, typed) ? false : null;
        check.Value = said ?? check.Value;
        return said is null ? Language.Fill(Words.Common.PlainYesNo, Words.Common.Yes, Words.Common.No) : null;
    }

    private static bool Begins(string word, string typed) => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private static string? TakeSeveral(MultiChoiceEntry several, string typed)
    {
        List<Choice?> chosen = string.Equals(typed.Trim(), Words.Common.All, StringComparison.OrdinalIgnoreCase) ? [.. several.Options]
            : string.Equals(typed.Trim(), Words.Common.None, StringComparison.OrdinalIgnoreCase) ? []
            : [.. typed.Split(',', ' ').Where(part => part.Length > 0).Select(part => Find(several.Options, part))];
        if (chosen.Contains(null))
        {
            return Words.Common.ChooseOne;
        }

        several.Values.Clear();
        several.Values.UnionWith(chosen.OfType<Choice>().Select(option => option.Id));
        return null;
    }

    /// <summary>By its number, or by what it is called.</summary>
    private static Choice? Find(IReadOnlyList<Choice> options, string typed) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= options.Count
            ? options[number - 1]
            : options.FirstOrDefault(option => string.Equals(HotKey.Strip(option.Label), typed, StringComparison.OrdinalIgnoreCase) || option.Id == typed);
}
