using System.Drawing;
using OsDeploy.Tests;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class TextViewTests
{
    [Fact]
    public void Keys_edit_where_the_cursor_is()
    {
        using var stage = new Stage();
        var view = new TextView { Width = 20, Height = 5, Text = "one\ntwo" };
        stage.Look(() => Assert.Equal(Point.Empty, stage.Terminal.Cursor))
            .Press(Key.End, Key.Enter).Type("and a half").Sees(1, "and a half").Look(() => Assert.Equal((1, 10, 3), (view.CurrentRow, view.CurrentColumn, view.Lines)))
            .Press(Key.Home, Key.Backspace).Sees(0, "oneand a half").Look(() => Assert.Equal(new Point(3, 0), stage.Terminal.Cursor))
            .Press(Key.K.WithCtrl, Key.K.WithCtrl).Sees(0, "onetwo")
            .Press(Key.Delete, Key.CursorRight, new Key('W')).Sees(0, "onewWo")
            .Press(new Key('w').WithCtrl).Sees(0, "o").Press(Key.End.WithCtrl, Key.U.WithCtrl).Sees(0, "");
        stage.Show(view);
        Assert.True(view.IsDirty);
    }

    [Fact]
    public void Up_and_down_keep_the_column_of_the_screen()
    {
        using var stage = new Stage();
        var view = new TextView { Width = 20, Height = 5, Text = "abcdef\n日本語\n\tx" };
        view.InsertionPoint = new Point(4, 0);
        stage.Press(Key.CursorDown).Look(() => Assert.Equal((new Point(2, 1), new Point(4, 1)), (view.InsertionPoint, stage.Terminal.Cursor)))
            .Press(Key.CursorDown).Look(() => Assert.Equal((new Point(1, 2), new Point(4, 2)), (view.InsertionPoint, stage.Terminal.Cursor)))
            .Press(Key.CursorDown).Look(() => Assert.Equal(2, view.CurrentRow));
        stage.Show(view);
    }

    [Fact]
    public void The_window_follows_the_cursor()
    {
        using var stage = new Stage();
        var view = new TextView { Width = 6, Height = 3, Text = string.Join('\n', Enumerable.Range(0, 20).Select(line => $"{line:00}-456789")) };
        stage.Press(Key.PageDown, Key.PageDown).Sees(2, "04-456").Press(Key.End).Sees(2, "56789").Look(() => Assert.Equal(new Point(5, 2), stage.Terminal.Cursor))
            .Press(Key.Home.WithCtrl).Sees(0, "00-456");
        stage.Show(view);
    }

    [Fact]
    public void Tab_leaves_it_unless_it_is_meant_to_be_typed()
    {
        using var stage = new Stage();
        var (view, button) = (new TextView { Width = 20, Height = 5 }, new Button { Y = 6, Text = "OK" });
        stage.Press(Key.Tab).Look(() => Assert.True(button.HasFocus)).Press(Key.Tab).Look(() => view.TabKeyAddsTab = true)
            .Press(Key.Tab).Type("x").Look(() => Assert.Equal("\tx", view.Text)).Sees(0, "x");
        stage.Show(view, button);
    }

    [Fact]
    public void A_paste_keeps_its_lines_and_cannot_be_endless()
    {
        using var stage = new Stage();
        var view = new TextView { Width = 20, Height = 5 };
        stage.Terminal.Paste("one\r\ntwo\rthree");
        stage.Look(() => Assert.Equal(("one\ntwo\nthree", new Point(5, 2)), (view.Text, view.InsertionPoint)));
        stage.Terminal.Paste(new string('x', 1024 * 1024));
        stage.Look(() => Assert.Equal(13, view.Text.Length));
        stage.Show(view);
    }

    [Fact]
    public void A_log_shows_its_end_while_it_grows_until_somebody_scrolls_back()
    {
        using var stage = new Stage();
        var view = new TextView { Width = 20, Height = 3, ReadOnly = true, Text = Log(10) };
        view.MoveEnd();
        stage.Sees(2, "line 9").Look(() => view.Text = Log(11)).Sees(2, "line 10").Look(() => Assert.Equal(new Point(0, 2), stage.Terminal.Cursor))
            .Press(Key.CursorUp).Look(() => view.Text = Log(12)).Sees(0, "line 7").Look(() => Assert.Equal(new Point(0, 0), stage.Terminal.Cursor))
            .Press(Key.PageDown, Key.PageDown).Sees(2, "line 11").Look(() => view.Text = Log(13)).Sees(2, "line 12")
            .Press(Key.Home).Sees(0, "line 0").Press(Key.End).Sees(2, "line 12")
            .Look(() => view.Text = "a new one").Sees(0, "a new one");
        stage.Show(view);
    }

    [Fact]
    public void A_text_to_read_is_not_edited_and_starts_at_its_beginning()
    {
        using var stage = new Stage();
        var view = new TextView { Width = 20, Height = 3, ReadOnly = true, Text = Log(10) };
        stage.Type("xy").Press(Key.Backspace, Key.Delete, Key.K.WithCtrl);
        stage.Terminal.Paste("pasted");
        stage.Sees(0, "line 0").Type("j").Sees(0, "line 1").Type("k").Sees(0, "line 0").Look(() => view.Text = "other\n" + Log(10)).Sees(0, "other");
        stage.Show(view);
        Assert.False(view.IsDirty);
    }

    [Fact]
    public void Long_lines_of_a_text_to_read_can_be_wrapped_or_looked_along()
    {
        using var stage = new Stage();
        var view = new TextView { Width = 12, Height = 3, ReadOnly = true, Text = "a rather long line\nand one" };
        stage.Sees(0, "a rather lon").Press(Key.CursorRight).Sees(0, "er long line").Press(Key.CursorLeft).Sees(0, "a rather lon")
            .Look(() => view.WordWrap = true).Sees(0, "a rather").Sees(1, "long line").Sees(2, "and one");
        stage.Show(view);
    }

    [Fact]
    public void Enter_in_a_text_to_read_presses_the_default_button()
    {
        using var stage = new Stage();
        using var dialog = new Dialog { Title = "Help", Width = 40, Height = 10 };
        dialog.Add(new TextView { Width = Dim.Fill(), Height = 5, ReadOnly = true, Text = "help" });
        dialog.AddButton(new Button { Text = "Close" });
        stage.Press(Key.Enter);
        Assert.Equal(0, stage.Run(dialog));
    }

    [Fact]
    public void Edits_are_told_and_a_mouse_sets_the_cursor()
    {
        using var stage = new Stage();
        var view = new TextView { X = 2, Y = 1, Width = 20, Height = 3, Text = "日本\nabc" };
        var told = new List<Point>();
        view.ContentsChanged += (_, e) => told.Add(new Point(e.Col, e.Row));
        stage.Terminal.Click(2 + 3, 1, MouseFlags.LeftButtonPressed);
        stage.Look(() => Assert.Equal(new Point(1, 0), view.InsertionPoint)).Type("x");
        stage.Terminal.Click(2 + 9, 1 + 2, MouseFlags.LeftButtonPressed);
        stage.Look(() => Assert.Equal(new Point(3, 1), view.InsertionPoint)).Press(Key.Backspace);
        stage.Show(view);
        Assert.Equal([new Point(2, 0), new Point(2, 1)], told);
        Assert.Equal("日x本\nab", view.Text);
    }

    [Fact]
    public void Any_edits_come_out_as_they_would_in_one_string() => Seeded.Cases(300, random =>
    {
        string[] pieces = ["a", "日", "😀", "\n", "word two", "\r\n", "", "x\ny"];
        var (lines, text) = (new TextLines(), "");
        for (var step = 0; step < 40; step++)
        {
            var from = lines.Clamp(new Point(random.Next(20), random.Next(lines.Count + 1)));
            if (random.Next(3) > 0)
            {
                var piece = pieces[random.Next(pieces.Length)];
                var at = IndexOf(text, from);
                text = text.Insert(at, piece.ReplaceLineEndings("\n"));
                Assert.Equal(at + piece.ReplaceLineEndings("\n").Length, IndexOf(text, lines.Insert(from, piece)));
            }
            else
            {
                var to = random.Next(4) switch
                {
                    0 => lines.After(from),
                    1 => lines.WordAfter(from),
                    2 => lines.End,
                    _ => from,
                };
                text = text.Remove(IndexOf(text, from), IndexOf(text, to) - IndexOf(text, from));
                lines.Remove(from, to);
            }

            Assert.Equal(text, lines.Whole);
            Assert.Equal(text.Length, lines.Length);
            Assert.True(lines.After(from) == from || lines.Before(lines.After(from)) == from);
            Assert.True(text.Length == 0 || lines.WordBefore(lines.End) != lines.End);
        }
    });

    private static int IndexOf(string text, Point place)
    {
        var at = 0;
        for (var line = 0; line < place.Y; line++)
        {
            at = text.IndexOf('\n', at) + 1;
        }

        foreach (var rune in text[at..].EnumerateRunes().Take(place.X))
        {
            at += rune.Utf16SequenceLength;
        }

        return at;
    }

    private static string Log(int lines) => string.Join('\n', Enumerable.Range(0, lines).Select(line => $"line {line}"));
}
