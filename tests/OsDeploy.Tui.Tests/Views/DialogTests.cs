using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class DialogTests
{
    [Fact]
    public void A_form_is_as_large_as_it_needs_to_be_and_has_its_buttons_at_the_lower_right()
    {
        using var stage = new Stage();
        stage.Look(() => Golden.Check(stage.Terminal.Text, "dialog-form"));
        stage.Run(Form());
    }

    [Fact]
    public void A_form_is_readable_in_ASCII()
    {
        using var stage = new Stage(TerminalProfile.Vt220);
        stage.Look(() => Golden.Check(stage.Terminal.Text, "dialog-form-ascii"));
        stage.Run(Form());
    }

    [Fact]
    public void The_result_is_the_number_of_the_button_that_was_pressed()
    {
        Assert.Equal(0, Press(Key.Tab, Key.Tab, Key.Tab, Key.Enter));
        Assert.Equal(1, Press(Key.Tab, Key.Tab, Key.Tab, Key.Tab, Key.Space));
        Assert.Equal(0, Press(new Key('c').WithAlt));
    }

    [Fact]
    public void Enter_in_a_field_presses_the_default_button() => Assert.Equal(1, Press(Key.Enter));

    [Fact]
    public void Esc_leaves_without_a_result() => Assert.Null(Press(Key.Esc));

    [Fact]
    public void The_result_of_an_earlier_run_is_forgotten()
    {
        using var stage = new Stage();
        using var dialog = Form();
        using var screen = new Runnable();
        List<int?> results = [];
        screen.KeyDown += (_, _) => results.Add(stage.App.Run(dialog) as int?);
        stage.Press(Key.F2, Key.Enter, Key.F2, Key.Esc).Run(screen);
        Assert.Equal([1, null], results);
    }

    [Fact]
    public void Pressing_Cancel_presses_nothing_else()
    {
        using var stage = new Stage();
        using var dialog = Form();
        var pressed = 0;
        dialog.Buttons[1].Accepting += (_, _) => pressed++;
        stage.Press(new Key('c').WithAlt);
        Assert.Equal(0, stage.Run(dialog));
        Assert.Equal(0, pressed);
    }

    [Fact]
    public void A_button_whose_answer_is_refused_leaves_the_dialog_open()
    {
        using var stage = new Stage();
        using var dialog = Form();
        dialog.Buttons[1].Accepting += (_, e) => e.Handled = true;
        stage.Press(Key.Enter).Look(() => Assert.True(dialog.IsRunning)).Press(Key.Esc);
        Assert.Null(stage.Run(dialog));
    }

    [Fact]
    public void The_dialog_itself_may_refuse_its_default_answer()
    {
        using var stage = new Stage();
        using var dialog = Form();
        dialog.Accepting += (_, e) => e.Handled = true;
        stage.Press(Key.Enter).Look(() => Assert.True(dialog.IsRunning)).Press(new Key('c').WithAlt);
        Assert.Equal(0, stage.Run(dialog));
    }

    [Fact]
    public void Whichever_button_is_the_default_one_Enter_means_it()
    {
        using var stage = new Stage();
        using var dialog = Form();
        dialog.Buttons[1].IsDefault = false;
        dialog.Buttons[0].IsDefault = true;
        stage.Press(Key.Enter);
        Assert.Equal(0, stage.Run(dialog));
    }

    [Fact]
    public void Tab_goes_through_the_fields_first_whatever_was_added_first()
    {
        using var stage = new Stage();
        using var dialog = new Dialog();
        dialog.AddButton(new Button { Text = "OK" });
        var field = new TextField { Width = 10 };
        dialog.Add(field);
        stage.Look(() => Assert.True(field.HasFocus)).Press(Key.Tab).Look(() => Assert.True(dialog.Buttons[0].HasFocus))
            .Press(Key.Tab).Look(() => Assert.True(field.HasFocus)).Press(Key.Tab.WithShift).Look(() => Assert.True(dialog.Buttons[0].HasFocus));
        stage.Run(dialog);
    }

    [Fact]
    public void Where_there_are_only_buttons_the_cursor_is_on_the_default_one()
    {
        using var stage = new Stage();
        using var dialog = new Dialog { Text = "Sure?" };
        dialog.AddButton(new Button { Text = "_No" });
        dialog.AddButton(new Button { Text = "_Yes" });
        dialog.Buttons[1].IsDefault = false;
        dialog.Buttons[0].IsDefault = true;
        stage.Look(() => Assert.True(dialog.Buttons[0].HasFocus)).Press(Key.Space);
        Assert.Equal(0, stage.Run(dialog));
    }

    [Fact]
    public void A_dialog_over_a_dialog_gives_the_keys_back()
    {
        using var stage = new Stage();
        using var outer = Form();
        outer.Buttons[1].Accepting += (_, e) => e.Handled = MessageBox.Query(stage.App, "Sure?", "Really?", "_Yes", "_No") != 0;
        stage.Press(Key.Enter).Look(() => Golden.Check(stage.Terminal.Text, "dialog-over-dialog")).Press(Key.Enter)
            .Look(() => Assert.Same(outer, stage.App.TopRunnable)).Press(Key.Enter, new Key('y'));
        Assert.Equal(1, stage.Run(outer));
    }

    [Fact]
    public void A_dialog_that_is_too_large_keeps_its_buttons_on_the_screen()
    {
        using var stage = new Stage();
        using var dialog = new Dialog { Title = "Long" };
        dialog.Add(new Label { Text = string.Join('\n', Enumerable.Range(1, 40)) });
        dialog.AddButton(new Button { Text = "OK" });
        stage.Look(() =>
        {
            Assert.Contains("[<OK>]", stage.Terminal.Line(22), StringComparison.Ordinal);
            Assert.StartsWith("╚", stage.Terminal.Line(23).Trim(), StringComparison.Ordinal);
        });
        stage.Run(dialog);
    }

    [Fact]
    public void A_button_that_cannot_be_pressed_looks_so_without_colours_and_is_passed_by()
    {
        using var stage = new Stage();
        using var dialog = new Dialog { Title = "Restore" };
        dialog.AddButton(new Button { Text = "_Start", Enabled = false });
        dialog.AddButton(new Button { Text = "_Cancel" });
        stage.Look(() => Assert.Contains("- Start -  [<Cancel>]", stage.Terminal.Text, StringComparison.Ordinal))
            .Press(new Key('s')).Look(() => Assert.True(dialog.IsRunning)).Press(Key.Enter);
        Assert.Equal(1, stage.Run(dialog));
    }

    private static object? Press(params Key[] keys)
    {
        using var stage = new Stage();
        using var dialog = Form();
        return stage.Press(keys).Run(dialog);
    }

    private static Dialog Form()
    {
        var dialog = new Dialog { Title = "New host" };
        var name = new TextField { X = 13, Width = 30, Text = "web-01" };
        dialog.Add(new Label { X = 1, Text = "_Name:" }, name);
        dialog.Add(new Label { X = 1, Y = 1, Text = "Boot mode:" }, new OptionSelector { X = 13, Y = 1, Labels = ["BIOS", "UEFI"] });
        dialog.Add(new Label { X = 1, Y = 3, Text = "Options:" }, new CheckBox { X = 13, Y = 3, Text = "_Wipe disk first" });
        dialog.AddButton(new Button { Text = "_Cancel" });
        dialog.AddButton(new Button { Text = "_OK" });
        return dialog;
    }
}
