using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Shell;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using Xunit;

namespace OsDeploy.Tests.Screens.Shell;

public sealed class LongInfoRowTests
{
    [Fact]
    public void A_long_text_is_scrolled_before_the_answer_below_it_is_typed() => Assert.Equal("x", Run(60, terminal =>
    {
        terminal.UntilShown("line 1 ");
        terminal.Then(() => Assert.DoesNotContain("line 17 ", terminal.Text, StringComparison.Ordinal));
        terminal.Press(Key.End.WithCtrl);
        terminal.UntilShown("line 60 ");
        terminal.Press(Key.Tab);
        terminal.Type("x");
    }));

    [Fact]
    public void A_text_that_is_there_as_a_whole_is_no_stop() => Assert.Equal("x", Run(3, terminal => terminal.Type("x")));

    /// <returns>What was typed into the field below the text.</returns>
    private static string Run(int lines, Action<MemoryTerminal> script)
    {
        using var terminal = new MemoryTerminal();
        using var app = new Application(TimeProvider.System).Init(terminal);
        var field = new TextEntry("name", "_Name");
        var form = new FormModel(
            "Preview",
            [new InfoEntry("long", () => string.Join('\n', Enumerable.Range(1, lines).Select(number => $"line {number} of the preview"))) { IsLong = true }, field],
            FormAction.Take("_Go"));
        using var dialog = new FormDialog(new Dialogs(app, TimeProvider.System), form);
        script(terminal);
        terminal.Press(Key.Esc);
        app.Run(dialog);
        return field.Value;
    }
}
