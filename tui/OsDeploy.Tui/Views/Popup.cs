using System.Drawing;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Configuration;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.Views;

/// <summary>A list or a menu over what runs already. Esc and a click beside it close it.</summary>
internal class Popup : Runnable
{
    protected Popup()
    {
        BorderStyle = LineStyle.Single;
        SchemeName = SchemeManager.Menu;
        this.Bind(Command.Quit, Leave, Key.Esc);
    }

    internal override void OnMouseOutside(Mouse mouse)
    {
        if (mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed) || mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked))
        {
            RequestStop();
        }
    }

    /// <summary>Below its anchor if there is room, else where there is more of it.</summary>
    /// <param name="anchor">On the screen.</param>
    protected void Place(IApplication app, Rectangle anchor, Size needed)
    {
        var screen = app.Screen.Size;
        var (above, below) = (anchor.Top, screen.Height - anchor.Bottom);
        var isBelow = needed.Height <= below || below >= above;
        var height = Math.Min(needed.Height, isBelow ? below : above);
        var width = Math.Min(needed.Width, screen.Width);
        X = Math.Clamp(anchor.Left, 0, screen.Width - width);
        Y = isBelow ? anchor.Bottom : anchor.Top - height;
        Width = width;
        Height = height;
    }

    protected bool? Leave()
    {
        RequestStop();
        return true;
    }
}
