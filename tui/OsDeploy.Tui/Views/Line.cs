using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>From one side to the other.</summary>
public class Line : View
{
    public Line()
    {
        Width = Dim.Fill();
        Height = 1;
    }

    protected override bool OnDrawingContent(DrawContext? context)
    {
        Move(0, 0);
        for (var column = 0; column < Viewport.Width; column++)
        {
            AddRune(BoxGlyphs.Of(LineStyle.Single).Horizontal);
        }

        return true;
    }
}
