using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Shell;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using Xunit;

namespace OsDeploy.Tests.Screens.Shell;

public sealed class FormDialogTests
{
    [Theory]
    [InlineData(false, false, "first")]
    [InlineData(false, true, "first")]
    [InlineData(true, false, null)]
    [InlineData(true, true, null)]
    public void Enter_in_a_field_never_does_what_destroys_something(bool isFirstDestructive, bool isSecondDestructive, string? expected)
    {
        using var terminal = new MemoryTerminal();
        using var app = new Application(TimeProvider.System).Init(terminal);
        List<string> done = [];
        var form = new FormModel(
            "Erase",
            [new TextEntry("name", "_Name", "pc-1")],
            Action("first", isFirstDestructive),
            Action("second", isSecondDestructive));
        using var dialog = new FormDialog(new Dialogs(app, TimeProvider.System), form);
        terminal.Press(Key.Enter);
        app.Run(dialog);
        Assert.Equal(expected, dialog.Done);
        Assert.Equal(expected is null ? [] : [expected], done);

        FormAction Action(string id, bool isDestructive) => new(id, id, _ =>
        {
            done.Add(id);
            return Task.CompletedTask;
        })
        {
            IsDestructive = isDestructive,
        };
    }
}
