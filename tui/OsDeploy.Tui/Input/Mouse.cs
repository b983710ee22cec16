using System.Drawing;

namespace OsDeploy.Tui.Input;

/// <summary>What the mouse did.</summary>
public sealed class Mouse
{
    public MouseFlags Flags { get; set; }

    /// <summary>Column and row of the screen, from 0.</summary>
    public Point ScreenPosition { get; set; }

    /// <summary>The same inside the view that gets it.</summary>
    public Point? Position { get; set; }

    public bool Handled { get; set; }
}
