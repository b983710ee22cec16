using OsDeploy.Cli;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Tests.Cli;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class EveryFormTests
{
    // Of a dialog on 80 columns.
    private const int DialogColumns = 76;
    private const int LabelColumns = 30;
    private const int ButtonFrame = 7;

    public static TheoryData<string> Forms => [.. EveryForm.Names];

    /// <summary>What every dialog has beside its own buttons.</summary>
    private static readonly Func<string>[] s_shared = [() => OsDeploy.Screens.Words.Common.Cancel];

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_command_a_form_shows_is_one_of_osdeploy(string name)
    {
        foreach (var command in EveryForm.Of(name).Equivalent?.Invoke() ?? [])
        {
            var parsed = Root().Parse([.. command.Arguments]);
            Assert.True(parsed.Errors.Count == 0, $"{command}: {string.Join(' ', parsed.Errors.Select(error => error.Message))}");
            Assert.Equal(command.Arguments, Split(command.ToString()["osdeploy ".Length..]));
            foreach (var setting in command.Arguments.SkipWhile(argument => argument != "--partition").Skip(1).Take(1))
            {
                PartitionSetting.Parse(setting);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void No_hot_key_means_two_things_in_one_dialog(string name)
    {
        foreach (var language in Language.All)
        {
            Language.Use(language);
            var form = EveryForm.Of(name);
            var labels = form.Asked.Select(field => field.Label).Where(label => HotKey.Of(label) is not null).Distinct()
                .Concat(form.Actions.Select(action => action.Label)).Concat(s_shared.Select(shared => shared()))
                .Concat(name.Contains("job", StringComparison.Ordinal) || name.Contains("register", StringComparison.Ordinal) || name.Contains("import", StringComparison.Ordinal) || name.Contains("boot", StringComparison.Ordinal) ? [OsDeploy.Screens.Words.Common.Back] : []);
            var twice = labels.GroupBy(HotKey.Of).Where(group => group.Key is not null && group.Count() > 1).Select(group => string.Join(" / ", group));
            Assert.True(!twice.Any(), $"{name}, {language.Code}: {string.Join("; ", twice)}");
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_has_a_title_and_an_action_and_ids_that_differ(string name)
    {
        var form = EveryForm.Of(name);

        Assert.NotEmpty(form.Title);
        Assert.NotEmpty(form.Actions);
        Assert.Equal(form.Fields.Count, form.Fields.Select(field => field.Id).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Labels_and_buttons_have_room_in_every_language(string name)
    {
        foreach (var language in Language.All)
        {
            Language.Use(language);
            var form = EveryForm.Of(name);
            Assert.True(form.Title.Length <= DialogColumns - 8, $"{name}, {language.Code}: {form.Title}");
            Assert.All(form.Fields.Where(field => field.IsQuestion), field => Assert.True(field.PlainLabel.Length <= LabelColumns, $"{name}, {language.Code}: {field.PlainLabel}"));
            var buttons = form.Actions.Select(action => action.Label).Append(OsDeploy.Screens.Words.Common.Cancel).Append(OsDeploy.Screens.Words.Common.Back);
            Assert.True(buttons.Sum(label => HotKey.Strip(label).Length + ButtonFrame) <= DialogColumns, $"{name}, {language.Code}");
        }
    }

    [Fact]
    public void Enough_forms_were_looked_at() => Assert.True(EveryForm.Names.Count > 40, $"{EveryForm.Names.Count}");

    private static OsDeployCommand Root() => new(new OsDeploy.Cli.Session(TestTerminal.Piped().Terminal, TimeProvider.System, TestTerminal.NoLogins));

    /// <summary>As a POSIX shell splits words with single quotes.</summary>
    private static List<string> Split(string line)
    {
        var (words, word, isQuoted, isWord) = (new List<string>(), "", false, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (!isQuoted && line[i] == '\\')
            {
                word += line[++i];
            }
            else if (line[i] == '\'')
            {
                (isQuoted, isWord) = (!isQuoted, true);
            }
            else if (line[i] == ' ' && !isQuoted)
            {
                words.Add(word);
                (word, isWord) = ("", false);
            }
            else
            {
                word += line[i];
            }
        }

        return word.Length > 0 || isWord ? [.. words, word] : words;
    }
}
