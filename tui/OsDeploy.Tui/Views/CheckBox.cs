using System.Drawing;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary><c>[x]</c> and a text. Space, its hot key or the mouse changes it.</summary>
public class CheckBox : View
{
    private CheckState _value = CheckState.UnChecked;

    public CheckBox()
    {
        CanFocus = true;
        Width = Dim.Auto(DimAutoStyle.Text);
        Height = 1;
        AddCommand(Command.Activate, ctx => RaiseActivating(ctx) is true || AdvanceCheckState() is var _);
        AddCommand(Command.HotKey, ctx => RaiseHandlingHotKey(ctx) is true || (SetFocus() && InvokeCommand(Command.Activate, ctx) is true));
    }

    public event EventHandler<ValueChangingEventArgs<CheckState>>? ValueChanging;

    public event EventHandler<ValueChangedEventArgs<CheckState>>? ValueChanged;

    /// <summary>The label, as <see cref="View.Title"/>.</summary>
    public override string Text
    {
        get => Title;
        set => Title = value;
    }

    /// <summary>Whether <see cref="CheckState.None"/> is one of the states.</summary>
    public bool AllowCheckStateNone
    {
        get;
        set
        {
            field = value;
            if (!value && Value == CheckState.None)
            {
                _value = CheckState.UnChecked;
                SetNeedsDraw();
            }
        }
    }

    public CheckState Value
    {
        get => _value;
        set => Change(value);
    }

    /// <returns>True: somebody kept it as it was.</returns>
    public bool? AdvanceCheckState() => Change(Value switch
    {
        CheckState.Checked => CheckState.UnChecked,
        CheckState.UnChecked when AllowCheckStateNone => CheckState.None,
        _ => CheckState.Checked,
    });

    private protected override Size NeededSize(DimAutoStyle style, int columns) =>
        new(UnicodeWidth.Of(HotKeyText.Plain(Title, HotKeySpecifier)) + 4, 1);

    private protected override Point? PositionCursor() => new Point(1, 0);

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var sign = Value switch { CheckState.Checked => "x", CheckState.UnChecked => " ", _ => "?" };
        Move(0, 0);
        SetAttributeForRole(HasFocus ? VisualRole.Focus : VisualRole.Normal);
        // Without brackets it cannot be changed, on a screen without colours too.
        AddText(Enabled ? $"[{sign}]" : $"-{sign}-");
        AddText(" ");
        AddHotText(Title, HasFocus ? VisualRole.Focus : VisualRole.Normal, HasFocus ? VisualRole.HotFocus : VisualRole.HotNormal);
        return true;
    }

    protected override bool OnMouseEvent(Mouse mouse)
    {
        if (mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked))
        {
            InvokeCommand(Command.Activate);
        }

        return mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed) || mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked);
    }

    private bool? Change(CheckState value)
    {
        if (value == _value || (value == CheckState.None && !AllowCheckStateNone))
        {
            return null;
        }

        var changing = new ValueChangingEventArgs<CheckState>(_value, value);
        ValueChanging?.Invoke(this, changing);
        if (changing.Handled)
        {
            return true;
        }

        var old = _value;
        _value = changing.NewValue;
        SetNeedsDraw();
        ValueChanged?.Invoke(this, new ValueChangedEventArgs<CheckState>(old, _value));
        return false;
    }
}
