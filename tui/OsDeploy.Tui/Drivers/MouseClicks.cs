using System.Drawing;
using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.Drivers;

/// <summary>A terminal tells that a button went down and up. A click is both at one place, two clicks soon after each other are a double click.</summary>
internal sealed class MouseClicks(TimeProvider time)
{
    private static readonly TimeSpan s_double = TimeSpan.FromMilliseconds(500);

    private Point? _pressed;
    private Point? _clicked;
    private long _clickedAt;

    /// <summary>Adds what an event means besides itself.</summary>
    public void Follow(Mouse mouse, ICollection<InputEvent> into)
    {
        if (mouse.Flags == MouseFlags.LeftButtonPressed)
        {
            _pressed = mouse.ScreenPosition;
        }
        else if (mouse.Flags == MouseFlags.LeftButtonReleased && _pressed == mouse.ScreenPosition)
        {
            var isSecond = _clicked == mouse.ScreenPosition && time.GetElapsedTime(_clickedAt) <= s_double;
            (_pressed, _clicked, _clickedAt) = (null, isSecond ? null : mouse.ScreenPosition, time.GetTimestamp());
            into.Add(new InputEvent.Moused(new Mouse
            {
                Flags = isSecond ? MouseFlags.LeftButtonDoubleClicked : MouseFlags.LeftButtonClicked,
                ScreenPosition = mouse.ScreenPosition,
            }));
        }
    }
}
