using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using Xunit;

namespace OsDeploy.Tests.Screens.Forms;

public sealed class PlainPromptTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_keeps_what_is_in_brackets_and_anything_else_replaces_it()
    {
        var form = Sample(out var done);
        var typing = new ScriptedLines("", "r102", "secret", "10", "2", "1,3", "yes");

        var result = await typing.Prompt.RunAsync(form, Cancel);

        Assert.Equal(FormEnd.Done, result.End);
        Assert.Equal(["pc01 r102 secret 10 b a,c True"], done);
        Assert.Contains("Name [pc01]: \nRoom: \nPassword: (hidden) \nKept [5]: \n", typing.Said, StringComparison.Ordinal);
        Assert.Contains("Kind:\n1 First\n2 Second  the usual one\nNumber [1]: \n", typing.Said, StringComparison.Ordinal);
        Assert.Equal(0, typing.Left);
    }

    [Fact]
    public async Task A_bad_answer_is_asked_again_with_what_is_wrong()
    {
        var form = Sample(out var done);
        var typing = new ScriptedLines("-", "two words", "pc02", "", "x", "many", "99", "7", "4", "first", "9", "none", "all", "perhaps", "n");

        await typing.Prompt.RunAsync(form, Cancel);

        Assert.Equal(["pc02  x 7 a a,b,c False"], done);
        foreach (var fault in new[] { "! Something must be entered here.", "! No blanks.", "! A number from 0 to 10.", "! Choose one of the list.", "! Choose at least one.", "! Answer yes or no." })
        {
            Assert.Contains(fault, typing.Said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_question_mark_explains_and_shows_the_command()
    {
        var form = Sample(out _);
        var typing = new ScriptedLines("?");

        Assert.Equal(FormEnd.Left, (await typing.Prompt.RunAsync(form, Cancel)).End);
        Assert.Contains("What the host is called.", typing.Said, StringComparison.Ordinal);
        Assert.Contains("osdeploy host set pc01", typing.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Going_back_asks_the_question_before_and_leaves_over_the_first()
    {
        var form = Sample(out var done);
        var typing = new ScriptedLines("pc03", "<", "pc04", "<", "<");

        Assert.Equal(FormEnd.Back, (await typing.Prompt.RunAsync(form, Cancel)).End);
        Assert.Equal("pc04", form.Get<TextEntry>("name").Value);
        Assert.Empty(done);
    }

    [Fact]
    public async Task A_question_that_does_not_apply_is_left_out_and_going_back_skips_it_too()
    {
        var check = new CheckEntry("domain", "Join the domain");
        var domain = new TextEntry("name", "Domain") { IsRequired = true, Applies = () => check.Value };
        var last = new TextEntry("last", "Last");
        var form = new FormModel("Join", [check, domain, last], FormAction.Take("OK"));
        var typing = new ScriptedLines("no", "<", "yes", "", "school", "x");

        Assert.Equal(FormEnd.Done, (await typing.Prompt.RunAsync(form, Cancel)).End);
        Assert.Equal("school", domain.Value);
        Assert.Equal("x", last.Value);
    }

    [Fact]
    public async Task What_the_appliance_refuses_is_said_and_nothing_typed_is_lost()
    {
        var name = new TextEntry("name", "Name");
        var tries = 0;
        var save = new FormAction("save", "Save", _ => ++tries == 1 ? throw new UserErrorException("taken", "The name is taken.", "Choose another.") : Task.CompletedTask);
        var typing = new ScriptedLines("pc01", "");

        var result = await typing.Prompt.RunAsync(new FormModel("Host", [name], save), Cancel);

        Assert.Equal((FormEnd.Done, "pc01", 2), (result.End, name.Value, tries));
        Assert.Contains("! The name is taken.   [taken]\nChoose another.\n", typing.Said, StringComparison.Ordinal);
        Assert.Contains("Name [pc01]: ", typing.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_destroys_is_never_done_by_Enter_alone()
    {
        var erased = false;
        var form = new FormModel("Erase", [new InfoEntry("loss", () => "12 disks are lost.") { IsWarning = true }],
            new FormAction("erase", "_Erase", _ => Task.FromResult(erased = true)) { IsDestructive = true });
        var typing = new ScriptedLines("", "", "<");

        Assert.Equal(FormEnd.Back, (await typing.Prompt.RunAsync(form, Cancel)).End);
        Assert.False(erased);
        Assert.Contains("! 12 disks are lost.", typing.Said, StringComparison.Ordinal);
        await new ScriptedLines("1").Prompt.RunAsync(form, Cancel);
        Assert.True(erased);
    }

    [Fact]
    public async Task It_speaks_the_language_in_use_and_says_no_control_character()
    {
        Language.Use(Language.German);
        var check = new CheckEntry("c", "Aufwecken\u001b[31m");
        var typing = new ScriptedLines("ja");

        await typing.Prompt.RunAsync(new FormModel("Start\u001b[2J", [check], FormAction.Take("OK")), Cancel);

        Assert.True(check.Value);
        Assert.Contains("[nein]", typing.Said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', typing.Said);
    }

    [Fact]
    public async Task A_wizard_goes_forward_and_back_and_keeps_the_answers()
    {
        var (room, name, hidden) = (new TextEntry("room", "Room"), new TextEntry("name", "Name"), new TextEntry("hidden", "Hidden"));
        var prepared = 0;
        var done = 0;
        var wizard = new WizardModel(
            "Register",
            new WizardPage(new FormModel("Where", [room], FormAction.Take("Next"))),
            new WizardPage(new FormModel("Never", [hidden], FormAction.Take("Next")), Applies: () => room.Value == "x"),
            new WizardPage(
                new FormModel("Who", [name], new FormAction("go", "Go", _ => Task.FromResult(++done))),
                Prepare: _ => Task.FromResult(++prepared == 1 ? throw new UserErrorException("away", "Nobody answers.", "Wait.") : 0)));
        var typing = new ScriptedLines("r101", "", "<", "", "pc01");

        Assert.Equal(FormEnd.Done, (await typing.Prompt.RunAsync(wizard, Cancel)).End);
        Assert.Equal(("r101", "pc01", 1), (room.Value, name.Value, done));
        Assert.Contains("! Nobody answers.", typing.Said, StringComparison.Ordinal);
        Assert.Contains("Register: Where (1/2)", typing.Said, StringComparison.Ordinal);
        Assert.Contains("Register: Who (2/2)", typing.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", typing.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_hangs_up_leaves_any_form()
    {
        for (var lines = 0; lines < 7; lines++)
        {
            var typing = new ScriptedLines(Enumerable.Repeat("1", lines));

            Assert.Equal(FormEnd.Left, (await typing.Prompt.RunAsync(Sample(out _), Cancel)).End);
        }
    }

    private static FormModel Sample(out List<string> done)
    {
        var said = new List<string>();
        done = said;
        var name = new TextEntry("name", "_Name", "pc01") { IsRequired = true, Help = "What the host is called.", Rule = text => text.Contains(' ', StringComparison.Ordinal) ? "No blanks." : null };
        var room = new TextEntry("room", "_Room");
        var password = new SecretEntry("password", "_Password");
        var keep = new NumberEntry("keep", "_Kept", 5, 0, 10);
        var kind = new ChoiceEntry("kind", "Kind", [new Choice("a", "_First"), new Choice("b", "_Second", "the usual one")], "a");
        var several = new MultiChoiceEntry("several", "Several", () => [new Choice("a", "A"), new Choice("b", "B"), new Choice("c", "C")]) { IsRequired = true };
        var wake = new CheckEntry("wake", "_Wake");
        return new FormModel(
            "Host",
            [name, room, password, keep, kind, several, wake],
            new FormAction("save", "_Save", _ =>
            {
                said.Add($"{name.Value} {room.Value} {password.Value} {keep.Value} {kind.Value} {string.Join(',', several.Values.Order())} {wake.Value}");
                return Task.CompletedTask;
            }))
        {
            Equivalent = () => [new CommandLine("host", "set", name.Value)],
        };
    }
}
