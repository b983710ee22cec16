using System.Drawing;
using FsCheck;
using FsCheck.Fluent;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class TextFieldTests
{
    [Fact]
    public void Keys_edit_where_the_cursor_is()
    {
        using var stage = new Stage();
        var field = new TextField { Width = 20, Text = "host-1" };
        stage.Look(() => Assert.Equal(new Point(6, 0), stage.Terminal.Cursor)).Press(Key.Backspace).Type("23").Sees(0, "host-23")
            .Press(Key.Home, Key.Delete, new Key('H')).Sees(0, "Host-23").Look(() => Assert.Equal(new Point(1, 0), stage.Terminal.Cursor))
            .Press(Key.CursorRight, Key.K.WithCtrl).Sees(0, "Ho")
            .Press(Key.U.WithCtrl).Sees(0, "").Type("one two").Press(new Key('w').WithCtrl).Sees(0, "one").Type("x y")
            .Press(Key.A.WithCtrl, new Key('(')).Sees(0, "(one x y").Press(Key.E.WithCtrl, new Key(')')).Sees(0, "(one x y)")
            .Press(Key.CursorLeft.WithCtrl, Key.CursorLeft.WithCtrl, Key.Backspace).Sees(0, "(onex y)");
        stage.Show(field);
    }

    [Fact]
    public void It_keeps_plain_letters_and_leaves_hot_keys_with_Alt()
    {
        using var stage = new Stage();
        var (field, button) = (new TextField { Width = 20 }, new Button { Text = "_Start", Y = 1 });
        var pressed = 0;
        button.Accepting += (_, _) => pressed++;
        stage.Type("s").Look(() => Assert.Equal(("s", 0), (field.Text, pressed))).Press(new Key('s').WithAlt).Look(() => Assert.Equal(1, pressed));
        stage.Show(field, button);
    }

    [Fact]
    public void A_long_text_scrolls_with_the_cursor()
    {
        using var stage = new Stage();
        var field = new TextField { Width = 6 };
        stage.Type("abcdefgh").Sees(0, "defgh").Look(() => Assert.Equal(new Point(5, 0), stage.Terminal.Cursor))
            .Press(Key.Home).Sees(0, "abcdef").Press(Key.End, Key.Backspace, Key.Backspace).Sees(0, "bcdef");
        stage.Show(field);
    }

    [Fact]
    public void Wide_characters_take_two_columns()
    {
        using var stage = new Stage();
        var field = new TextField { Width = 6, Text = "日本語" };
        stage.Look(() => Assert.Equal(new Point(4, 0), stage.Terminal.Cursor)).Sees(0, "本語").Press(Key.Home).Sees(0, "日本語")
            .Press(Key.CursorRight).Look(() => Assert.Equal(new Point(2, 0), stage.Terminal.Cursor));
        stage.Show(field);
    }

    [Fact]
    public void Pasted_line_ends_press_nothing_and_leave_no_trace()
    {
        using var stage = new Stage();
        var field = new TextField { Width = 30 };
        using var dialog = new Dialog { Width = 40, Height = 6 };
        dialog.Add(field);
        dialog.AddButton(new Button { Text = "OK" });
        stage.Terminal.Paste("key one\r\n\tand two\r\n");
        stage.Look(() => Assert.Equal((true, "key one and two"), (dialog.IsRunning, field.Text)));
        Assert.Null(stage.Run(dialog));
    }

    [Fact]
    public void A_secret_is_never_on_the_screen()
    {
        using var stage = new Stage();
        var field = new TextField { Width = 20, Secret = true };
        stage.Type("pass日").Sees(0, "*****").Look(() => Assert.Equal(new Point(5, 0), stage.Terminal.Cursor));
        stage.Show(field);
        Assert.Equal("pass日", field.Text);
    }

    [Fact]
    public void One_to_read_takes_no_text()
    {
        using var stage = new Stage();
        var field = new TextField { Width = 20, Text = "fixed", ReadOnly = true };
        stage.Type("x").Press(Key.Backspace, Key.U.WithCtrl);
        stage.Terminal.Paste("y");
        stage.Sees(0, "fixed").Show(field);
    }

    [Fact]
    public void Whoever_watches_the_value_sets_its_length()
    {
        using var stage = new Stage();
        var field = new TextField { Width = 20 };
        field.ValueChanging += (_, e) => e.Handled = e.NewValue!.Length > 4;
        stage.Type("abc");
        stage.Terminal.Paste("defgh");
        stage.Sees(0, "abcd").Show(field);
    }

    [Fact]
    public void Whoever_watches_the_value_may_put_another_in_its_place()
    {
        using var stage = new Stage();
        var field = new TextField { Width = 20 };
        field.ValueChanging += (_, e) => e.NewValue = e.NewValue!.ToUpperInvariant();
        stage.Type("ab:cd").Sees(0, "AB:CD").Look(() => Assert.Equal(5, field.InsertionPoint)).Show(field);
    }

    [Fact]
    public void An_empty_one_says_what_belongs_there()
    {
        using var stage = new Stage();
        stage.Sees(0, "MAC address").Type("5").Sees(0, "5").Show(new TextField { Width = 20, Title = "MAC address" });
    }

    [Fact]
    public void Held_arrow_keys_stay_in_it()
    {
        using var stage = new Stage();
        var field = new TextField { Width = 20, Text = "ab" };
        stage.Press(Key.CursorLeft, Key.CursorLeft, Key.CursorLeft, Key.CursorLeft).Look(() => Assert.True(field.HasFocus)).Type("x").Sees(0, "xab");
        stage.Show(field, new Button { Text = "Other", Y = 1 });
    }

    [Fact]
    public void The_mouse_sets_the_cursor()
    {
        using var stage = new Stage();
        stage.Terminal.Click(3, 0, MouseFlags.LeftButtonPressed);
        stage.Type("X").Sees(0, "hosXt").Show(new TextField { Width = 20, Text = "host" });
    }

    [Fact]
    public void Whatever_is_pressed_the_cursor_stays_inside_the_field_and_the_text()
    {
        Key[] keys =
        [
            Key.CursorLeft, Key.CursorRight, Key.Home, Key.End, Key.Backspace, Key.Delete, Key.K.WithCtrl, Key.U.WithCtrl,
            new Key('w').WithCtrl, Key.CursorLeft.WithCtrl, Key.CursorRight.WithCtrl, new Key('a'), new Key(' '), new Key('日'), new Key('\u0301'),
        ];
        Prop.ForAll(Gen.Elements(keys).ListOf().ToArbitrary(), pressed =>
        {
            using var field = new TextField { Width = 7 };
            field.Layout(new Size(80, 24));
            foreach (var key in pressed)
            {
                field.NewKeyDownEvent(new Key(key.KeyCode));
                var cursor = field.CursorOnScreen()!.Value;
                Assert.InRange(cursor.X, 0, 6);
                Assert.InRange(field.InsertionPoint, 0, field.Text.Length);
                Assert.InRange(field.ScrollOffset, 0, field.InsertionPoint);
            }
        }).QuickCheckThrowOnFailure();
    }
}
