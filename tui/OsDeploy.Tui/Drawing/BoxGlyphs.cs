using System.Text;

namespace OsDeploy.Tui.Drawing;

/// <summary>The lines of a border. Single and double lines are in every VGA font; heavy and rounded ones are not.</summary>
internal readonly record struct BoxGlyphs(Rune Horizontal, Rune Vertical, Rune UpperLeft, Rune UpperRight, Rune LowerLeft, Rune LowerRight)
{
    private static readonly BoxGlyphs s_single = Parse("─│┌┐└┘");
    private static readonly BoxGlyphs s_double = Parse("═║╔╗╚╝");

    public static BoxGlyphs Of(LineStyle style) => style == LineStyle.Double ? s_double : s_single;

    private static BoxGlyphs Parse(string line) => new(new(line[0]), new(line[1]), new(line[2]), new(line[3]), new(line[4]), new(line[5]));
}
