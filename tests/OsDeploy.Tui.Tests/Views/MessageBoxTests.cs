using OsDeploy.Tui.Configuration;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class MessageBoxTests
{
    private const string Long =
        "Restoring win11-lab to pc_01 overwrites its disk Samsung SSD 870, serial number S6PNNX0T. Nothing on it can be brought back.\n\n"
        + "Other computers are not touched.";

    [Fact]
    public void The_text_is_wrapped_and_keeps_its_underscores()
    {
        using var stage = new Stage();
        stage.Look(() => Golden.Check(stage.Terminal.Text, "message-box"));
        Ask(stage, () => MessageBox.Query(stage.App, "Restore pc_01?", Long, "_Restore", "_Cancel"));
    }

    [Fact]
    public void It_is_readable_in_ASCII()
    {
        using var stage = new Stage(TerminalProfile.Vt220);
        stage.Look(() => Golden.Check(stage.Terminal.Text, "message-box-ascii"));
        Ask(stage, () => MessageBox.Query(stage.App, "Restore pc_01?", Long, "_Restore", "_Cancel"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0, KeyCode.CursorLeft)]
    [InlineData(1, KeyCode.CursorLeft, KeyCode.CursorRight)]
    [InlineData(0, KeyCode.Tab)]
    public void Left_and_right_lead_from_button_to_button_and_the_last_one_is_the_default(int expected, params KeyCode[] keys)
    {
        using var stage = new Stage();
        stage.Press([.. keys.Select(key => new Key(key)), Key.Enter]);
        Assert.Equal(expected, Ask(stage, () => MessageBox.Query(stage.App, "Restore?", Long, "_Restore", "_Cancel")));
    }

    [Fact]
    public void A_letter_presses_its_button_and_Esc_none()
    {
        using var stage = new Stage();
        stage.Press(new Key('R'));
        Assert.Equal(0, Ask(stage, () => MessageBox.Query(stage.App, "Restore?", Long, "_Restore", "_Cancel")));
        using var other = new Stage();
        other.Press(Key.Esc);
        Assert.Null(Ask(other, () => MessageBox.Query(other.App, "Restore?", Long, "_Restore", "_Cancel")));
    }

    [Fact]
    public void What_went_wrong_has_other_colours()
    {
        using var stage = new Stage();
        stage.Look(() => Assert.Equal(Schemes.Colored[SchemeManager.Error].Normal, stage.Terminal.AttributeAt(40, 11)));
        Ask(stage, () => MessageBox.ErrorQuery(stage.App, "Failed", Long, "OK"));
    }

    [Fact]
    public void A_text_that_is_too_high_is_made_wider_and_never_hides_the_buttons()
    {
        using var stage = new Stage();
        stage.Look(() =>
        {
            Assert.Contains("[<OK>]", stage.Terminal.Line(22), StringComparison.Ordinal);
            Assert.StartsWith("║ ~  ", stage.Terminal.Line(21).Trim(), StringComparison.Ordinal);
        });
        Ask(stage, () => MessageBox.Query(stage.App, "Log", string.Join(' ', Enumerable.Repeat(Long, 20)), "OK"));
    }

    [Fact]
    public void Hostile_names_cannot_leave_the_box()
    {
        using var stage = new Stage();
        stage.Look(() => Assert.Contains("pc?[31m??x", stage.Terminal.Text, StringComparison.Ordinal));
        Ask(stage, () => MessageBox.Query(stage.App, "Delete?", "pc\u001b[31m\u202e\u0007x", "OK"));
    }

    private static int? Ask(Stage stage, Func<int?> ask)
    {
        int? answer = -1;
        using var screen = new Runnable();
        stage.App.Invoke(() =>
        {
            answer = ask();
            stage.App.RequestStop(screen);
        });
        stage.Run(screen);
        return answer;
    }
}
