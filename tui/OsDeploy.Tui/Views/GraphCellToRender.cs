using System.Text;
using Attribute = OsDeploy.Tui.Drawing.Attribute;

namespace OsDeploy.Tui.Views;

/// <summary>What a graph is drawn with.</summary>
/// <param name="color">Null: that of the graph.</param>
public sealed class GraphCellToRender(Rune rune, Attribute? color)
{
    public GraphCellToRender(Rune rune)
        : this(rune, null)
    {
    }

    public Rune Rune { get; set; } = rune;

    public Attribute? Color { get; set; } = color;
}
