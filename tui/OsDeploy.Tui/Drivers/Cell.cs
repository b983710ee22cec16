using System.Text;
using Attribute = OsDeploy.Tui.Drawing.Attribute;

namespace OsDeploy.Tui.Drivers;

/// <param name="Rune">0 in the second column of a wide character.</param>
internal readonly record struct Cell(Rune Rune, Attribute Attribute)
{
    public static Cell Blank { get; } = new(new Rune(' '), default);
}
