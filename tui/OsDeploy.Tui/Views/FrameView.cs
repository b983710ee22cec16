using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>A border with a title around other views.</summary>
public class FrameView : View
{
    public FrameView()
    {
        BorderStyle = LineStyle.Single;
        TabStop = TabBehavior.TabGroup;
    }
}
