using OsDeploy.Tui.Drawing;

namespace OsDeploy.Tui.Views;

/// <summary>A runnable with a border and a title.</summary>
public class Window : Runnable
{
    public Window() => BorderStyle = LineStyle.Single;
}
