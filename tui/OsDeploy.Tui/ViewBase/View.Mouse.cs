using System.Drawing;
using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.ViewBase;

public partial class View
{
    public event EventHandler<Mouse>? MouseEvent;

    /// <summary>The innermost view under the mouse first.</summary>
    public bool NewMouseEvent(Mouse mouse)
    {
        var corner = ScreenOrigin();
        if (!Visible || !Enabled || !new Rectangle(corner, Frame.Size).Contains(mouse.ScreenPosition))
        {
            return false;
        }

        foreach (var view in Enumerable.Reverse(_subViews).ToArray())
        {
            if (view.NewMouseEvent(mouse))
            {
                return true;
            }
        }

        mouse.Position = new Point(mouse.ScreenPosition.X - corner.X - Edge, mouse.ScreenPosition.Y - corner.Y - Edge);
        if (mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed) && CanFocus)
        {
            SetFocus();
        }

        MouseEvent?.Invoke(this, mouse);
        return mouse.Handled || OnMouseEvent(mouse);
    }

    protected virtual bool OnMouseEvent(Mouse mouse) => false;
}
