using System.Drawing;
using OsDeploy.Tui.Configuration;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>
/// A box over what runs already, with buttons at its lower right. Pressing one closes it with the button's number as its result; Esc closes
/// it with none. It is as large as its content needs, if not told otherwise.
/// </summary>
public class Dialog : Runnable
{
    private const int ButtonSpace = 2;
    private const int TextWidth = 60;

    private readonly List<Button> _buttons = [];

    public Dialog()
    {
        X = Pos.Center();
        Y = Pos.Center();
        Width = Dim.Auto(maximumContentDim: Dim.Percent(100));
        Height = Dim.Auto(maximumContentDim: Dim.Percent(100));
        BorderStyle = LineStyle.Double;
        SchemeName = SchemeManager.Dialog;
        this.Bind(Command.Quit, Cancel, Key.Esc);
    }

    /// <summary>From left to right, in the order in which they were added.</summary>
    public Button[] Buttons
    {
        get => [.. _buttons];
        set => Array.ForEach(value, AddButton);
    }

    /// <summary>Number of the button that was pressed; null: it was left by Esc.</summary>
    public new int? Result
    {
        get => base.Result as int?;
        set => base.Result = value;
    }

    /// <summary>It was left by Esc, or by any button but the last one.</summary>
    public bool Canceled => Result is not { } result || result != _buttons.Count - 1;

    /// <summary>The last one added is the default one, until another is made it.</summary>
    public void AddButton(Button dialogButton)
    {
        _buttons.ForEach(button => button.IsDefault = false);
        dialogButton.IsDefault = true;
        dialogButton.X = Pos.Func(_ => LeftOf(dialogButton));
        dialogButton.Y = Pos.AnchorEnd();
        _buttons.Add(dialogButton);
        Add(dialogButton);
    }

    public override View? Add(View? view)
    {
        var added = base.Add(view);
        // Tab reaches them last, whatever was added first.
        _buttons.Where(button => button.SuperView == this).ToList().ForEach(MoveSubViewToEnd);
        return added;
    }

    protected override void OnIsRunningChanged(bool newIsRunning)
    {
        // Where there is nothing but buttons, the cursor is on the default one.
        if (newIsRunning && SetFocus() && MostFocused is Button button && _buttons.Contains(button))
        {
            DefaultAcceptView?.SetFocus();
        }
    }

    protected override bool OnAccepting(CommandEventArgs args)
    {
        if (PressedBy(args.Context) is not { IsDefault: false } button)
        {
            return false;
        }

        Close(button);
        return true;
    }

    protected override void OnAccepted(ICommandContext? ctx)
    {
        if (PressedBy(ctx) is { } button)
        {
            Close(button);
        }
    }

    private protected override Size NeededSize(DimAutoStyle style, int columns)
    {
        var content = NeededContent(columns);
        var lines = Lines(columns);
        var text = lines.Count == 0 ? Size.Empty : new Size(lines.Max(line => UnicodeWidth.Of(line)) + 2, lines.Count);
        var title = UnicodeWidth.Of(HotKeyText.Plain(Title, HotKeySpecifier)) + 4;
        return new Size(
            Math.Max(Math.Max(content.Width, text.Width), Math.Max(ButtonsWidth, title)),
            Math.Max(content.Height, text.Height) + ButtonRows);
    }

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var lines = Lines(Viewport.Width);
        var rows = Viewport.Height - Math.Min(ButtonRows, 1);
        SetAttributeForRole(VisualRole.Normal);
        for (var row = 0; row < Math.Min(lines.Count, rows); row++)
        {
            Move(1, row);
            AddText(row == rows - 1 && lines.Count > rows ? "~" : lines[row]);
        }

        return true;
    }

    /// <summary>What all but the text and the buttons needs.</summary>
    private protected virtual Size NeededContent(int columns) => ContentSize(SubViews.Where(view => !_buttons.Contains(view)), columns);

    private IEnumerable<Button> ShownButtons => _buttons.Where(button => button.Visible && button.SuperView == this);

    // With a blank row above them.
    private int ButtonRows => ShownButtons.Any() ? 2 : 0;

    private int ButtonsWidth => ShownButtons.Sum(button => button.NeededColumns() + ButtonSpace);

    private int LeftOf(Button button) =>
        Viewport.Width + 1 - ShownButtons.SkipWhile(other => other != button).Sum(other => other.NeededColumns() + ButtonSpace);

    /// <summary>Its text. It is made wider only where it would be too high for the screen.</summary>
    private IReadOnlyList<string> Lines(int columns)
    {
        if (Text.Length == 0)
        {
            return [];
        }

        if (columns != int.MaxValue)
        {
            return Columns.Wrap(Text, columns - 2);
        }

        var screen = App?.Screen.Size ?? new Size(TextWidth, int.MaxValue);
        var lines = Columns.Wrap(Text, TextWidth);
        return lines.Count + ButtonRows + 2 <= screen.Height ? lines : Columns.Wrap(Text, screen.Width - 4);
    }

    private Button? PressedBy(ICommandContext? ctx) =>
        ctx?.Source?.TryGetTarget(out var source) is true ? _buttons.Find(button => button == source) : null;

    private void Close(Button button)
    {
        Result = _buttons.IndexOf(button);
        RequestStop();
    }

    private bool? Cancel()
    {
        Result = null;
        RequestStop();
        return true;
    }
}
