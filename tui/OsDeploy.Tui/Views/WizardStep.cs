using System.Drawing;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>One page of a <see cref="Wizard"/>. One that is not enabled is left out.</summary>
public class WizardStep : View
{
    private const int HelpWidth = 60;

    public WizardStep()
    {
        Width = Dim.Fill();
        Height = Dim.Fill();
    }

    /// <summary>Stands below everything else on the page.</summary>
    public string HelpText
    {
        get;
        set
        {
            field = value;
            SetNeedsLayout();
        }
    } = "";

    /// <summary>Empty: Back.</summary>
    public string BackButtonText { get; set; } = "";

    /// <summary>Empty: Next, or Finish on the last page.</summary>
    public string NextButtonText { get; set; } = "";

    private protected override Size NeededSize(DimAutoStyle style, int columns)
    {
        var content = ContentSize(SubViews, columns);
        var help = Help(columns == int.MaxValue ? HelpWidth : columns);
        var width = help.Count == 0 ? 0 : help.Max(line => UnicodeWidth.Of(line)) + 2;
        return new Size(Math.Max(content.Width, width), content.Height + (help.Count == 0 ? 0 : help.Count + 1));
    }

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var help = Help(Viewport.Width);
        SetAttributeForRole(VisualRole.Normal);
        for (var row = 0; row < help.Count; row++)
        {
            Move(1, Viewport.Height - help.Count + row);
            AddText(help[row]);
        }

        return true;
    }

    private IReadOnlyList<string> Help(int columns) => HelpText.Length == 0 ? [] : Columns.Wrap(HelpText, columns - 2);
}
