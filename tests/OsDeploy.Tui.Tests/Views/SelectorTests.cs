using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class SelectorTests
{
    private static readonly string[] s_modes = ["_BIOS", "_UEFI", "UEFI _Secure Boot"];

    [Fact]
    public void Arrow_keys_only_lead_there_and_Space_chooses()
    {
        using var stage = new Stage();
        var options = new OptionSelector { Labels = s_modes };
        stage.Press(Key.CursorDown).Sees(0, "(*) BIOS").Look(() => Assert.Equal((1, 0), (options.FocusedItem, options.Value)))
            .Press(Key.Space).Sees(0, "( ) BIOS").Sees(1, "(*) UEFI");
        stage.Show(options);
        Assert.Equal(1, options.Value);
    }

    [Fact]
    public void Enter_chooses_and_presses_the_default_button()
    {
        using var stage = new Stage();
        var options = new OptionSelector { Labels = s_modes };
        using var dialog = new Dialog();
        dialog.Add(options);
        dialog.AddButton(new Button { Text = "OK" });
        stage.Press(Key.CursorDown, Key.CursorDown, Key.Enter);
        Assert.Equal(0, stage.Run(dialog));
        Assert.Equal(2, options.Value);
    }

    [Fact]
    public void At_its_ends_the_arrow_keys_lead_on()
    {
        using var stage = new Stage();
        var (options, button) = (new OptionSelector { Labels = s_modes }, new Button { Text = "Other", Y = 5 });
        stage.Press(Key.CursorDown, Key.CursorDown).Look(() => Assert.True(options.HasFocus))
            .Press(Key.CursorDown).Look(() => Assert.True(button.HasFocus))
            .Press(Key.CursorUp).Look(() => Assert.Equal((true, 2), (options.HasFocus, options.FocusedItem)));
        stage.Show(options, button);
    }

    [Fact]
    public void Every_label_has_its_hot_key()
    {
        using var stage = new Stage();
        var options = new OptionSelector { Labels = s_modes, Y = 1 };
        stage.Press(new Key('s').WithAlt).Look(() => Assert.Equal((true, 2), (options.HasFocus, options.Value)));
        stage.Show(new TextField { Width = 10 }, options);
    }

    [Fact]
    public void A_hot_key_that_leads_here_changes_nothing_until_it_is_pressed_again()
    {
        using var stage = new Stage();
        var options = new OptionSelector { Labels = ["a", "b"], Y = 1, Title = "_Mode" };
        stage.Press(new Key('m').WithAlt).Look(() => Assert.Equal((true, 0), (options.HasFocus, options.Value)))
            .Press(new Key('m').WithAlt).Look(() => Assert.Equal(1, options.Value))
            .Press(new Key('m').WithAlt).Look(() => Assert.Equal(0, options.Value));
        stage.Show(new TextField { Width = 10 }, options);
    }

    [Fact]
    public void New_labels_keep_the_cursor_on_what_is_chosen()
    {
        using var stage = new Stage();
        var options = new OptionSelector { Value = 1, Labels = ["a", "b", "c"] };
        stage.Look(() => Assert.Equal(1, options.FocusedItem)).Look(() => options.Labels = ["x", "y"]).Look(() => Assert.Equal(1, options.FocusedItem));
        stage.Show(options);
    }

    [Fact]
    public void Labels_in_a_row_are_reached_by_left_and_right()
    {
        using var stage = new Stage();
        var options = new OptionSelector { Labels = ["10", "20", "30"], Values = [10, 20, 30], Value = 20, Orientation = Orientation.Horizontal };
        stage.Sees(0, "( ) 10  (*) 20  ( ) 30").Press(Key.CursorRight, Key.Space).Sees(0, "( ) 10  ( ) 20  (*) 30");
        stage.Show(options);
        Assert.Equal(30, options.Value);
    }

    [Fact]
    public void Of_flags_any_number_is_chosen()
    {
        using var stage = new Stage();
        var flags = new FlagSelector { Labels = ["EFI", "Windows", "Data"], Value = 1 };
        stage.Press(Key.CursorDown, Key.CursorDown, Key.Space).Sees(0, "[x] EFI").Sees(1, "[ ] Windows").Sees(2, "[x] Data")
            .Press(Key.CursorUp, Key.CursorUp, Key.Space).Sees(0, "[ ] EFI");
        stage.Show(flags);
        Assert.Equal(4, flags.Value);
    }

    [Fact]
    public void The_mouse_chooses()
    {
        using var stage = new Stage();
        var options = new OptionSelector { Labels = s_modes };
        stage.Terminal.Click(6, 1);
        stage.Sees(1, "(*) UEFI").Show(options);
    }
}
