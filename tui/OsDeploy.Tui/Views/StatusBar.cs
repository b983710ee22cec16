using OsDeploy.Tui.Configuration;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>The keys of a screen, in its last row. Those for which there is no room are not shown, and work all the same.</summary>
public class StatusBar : View
{
    private const int Space = 2;

    public StatusBar()
        : this([])
    {
    }

    public StatusBar(IEnumerable<Shortcut> shortcuts)
    {
        Y = Pos.AnchorEnd();
        Width = Dim.Fill();
        Height = 1;
        TabStop = TabBehavior.NoStop;
        SchemeName = SchemeManager.Menu;
        foreach (var shortcut in shortcuts)
        {
            Add(shortcut);
        }
    }

    public override View? Add(View? view)
    {
        if (view is not null)
        {
            view.CanFocus = false;
            view.X = Pos.Func(_ => LeftOf(view));
        }

        return base.Add(view);
    }

    // Behind the right edge nothing is drawn, and nothing can be clicked.
    private int LeftOf(View view)
    {
        var left = 1;
        foreach (var other in SubViews.Where(other => other.Visible))
        {
            var right = left + other.NeededColumns();
            if (right > Viewport.Width)
            {
                break;
            }

            if (other == view)
            {
                return left;
            }

            left = right + Space;
        }

        return Viewport.Width;
    }
}
