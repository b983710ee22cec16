using System.Drawing;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>A few labels with a sign before each. Arrow keys go from one to the next, Space means the one with the cursor.</summary>
public abstract class SelectorBase : View
{
    // The sign and a blank.
    private const int SignWidth = 4;

    private int? _value;

    protected SelectorBase()
    {
        CanFocus = true;
        Width = Dim.Auto();
        Height = Dim.Auto();
        this.Bind(Command.Up, () => MoveBy(Orientation.Vertical, -1), Key.CursorUp);
        this.Bind(Command.Down, () => MoveBy(Orientation.Vertical, 1), Key.CursorDown);
        this.Bind(Command.Left, () => MoveBy(Orientation.Horizontal, -1), Key.CursorLeft);
        this.Bind(Command.Right, () => MoveBy(Orientation.Horizontal, 1), Key.CursorRight);
        AddCommand(Command.Activate, ctx => RaiseActivating(ctx) is true || Select(Cursor));
    }

    public event EventHandler<ValueChangedEventArgs<int?>>? ValueChanged;

    /// <summary>An underscore marks the hot key of each.</summary>
    public IReadOnlyList<string>? Labels
    {
        get;
        set
        {
            field = value;
            Cursor = 0;
            FollowValue();
            SetNeedsLayout();
        }
    }

    /// <summary>What each label stands for; where nothing is said, its number.</summary>
    public virtual IReadOnlyList<int>? Values
    {
        get => field ?? Labels?.Select((_, item) => ValueOf(item)).ToArray();
        set
        {
            field = value;
            SetNeedsDraw();
        }
    }

    public virtual int? Value
    {
        get => _value;
        set
        {
            if (_value == value)
            {
                return;
            }

            var old = _value;
            _value = value;
            FollowValue();
            SetNeedsDraw();
            ValueChanged?.Invoke(this, new ValueChangedEventArgs<int?>(old, value));
        }
    }

    public Orientation Orientation
    {
        get;
        set
        {
            field = value;
            SetNeedsLayout();
        }
    } = Orientation.Vertical;

    /// <summary>Columns between two labels that are in one row.</summary>
    public int HorizontalSpace { get; set; } = 2;

    /// <summary>Number of the label that Space means.</summary>
    internal int Cursor { get; private protected set; }

    private IReadOnlyList<string> Items => Labels ?? [];

    /// <summary>What a label stands for of itself.</summary>
    private protected abstract int ValueOf(int item);

    /// <summary>Three characters.</summary>
    private protected abstract string SignOf(int item);

    /// <returns>True: done.</returns>
    private protected abstract bool Select(int item);

    private protected virtual void FollowValue()
    {
    }

    private protected bool HasItem(int item) => item >= 0 && item < Items.Count;

    private protected override Size NeededSize(DimAutoStyle style, int columns)
    {
        var widths = Items.Select(WidthOf).DefaultIfEmpty().ToArray();
        return Orientation == Orientation.Vertical
            ? new Size(widths.Max(), Math.Max(Items.Count, 1))
            : new Size(widths.Sum() + (HorizontalSpace * (widths.Length - 1)), 1);
    }

    private protected override Point? PositionCursor()
    {
        var at = PlaceOf(Cursor);
        return new Point(at.X + 1, at.Y);
    }

    private protected override bool OnHotKey(Key key)
    {
        for (var item = 0; item < Items.Count; item++)
        {
            if (HotKeyText.KeyOf(Items[item], HotKeySpecifier) is { } letter && IsHot(new Key(letter), key))
            {
                SetFocus();
                Cursor = item;
                SetNeedsDraw();
                return Select(item);
            }
        }

        return base.OnHotKey(key);
    }

    protected override bool OnDrawingContent(DrawContext? context)
    {
        for (var item = 0; item < Items.Count; item++)
        {
            var at = PlaceOf(item);
            var hasCursor = HasFocus && item == Cursor;
            Move(at.X, at.Y);
            SetAttributeForRole(hasCursor ? VisualRole.Focus : VisualRole.Normal);
            AddText(SignOf(item));
            AddText(" ");
            AddHotText(Items[item], hasCursor ? VisualRole.Focus : VisualRole.Normal, hasCursor ? VisualRole.HotFocus : VisualRole.HotNormal);
        }

        return true;
    }

    protected override bool OnMouseEvent(Mouse mouse)
    {
        if (!mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked) || mouse.Position is not { } position)
        {
            return mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed);
        }

        for (var item = 0; item < Items.Count; item++)
        {
            if (new Rectangle(PlaceOf(item), new Size(WidthOf(Items[item]), 1)).Contains(position))
            {
                Cursor = item;
                return Select(item);
            }
        }

        return false;
    }

    private int WidthOf(string label) => SignWidth + UnicodeWidth.Of(HotKeyText.Plain(label, HotKeySpecifier));

    private Point PlaceOf(int item) => Orientation == Orientation.Vertical
        ? new Point(0, item)
        : new Point(Items.Take(item).Sum(label => WidthOf(label) + HorizontalSpace), 0);

    // At its ends the keys go on to the next view.
    private bool? MoveBy(Orientation way, int step)
    {
        if (Orientation != way || !HasItem(Cursor + step))
        {
            return false;
        }

        Cursor += step;
        SetNeedsDraw();
        return true;
    }
}
