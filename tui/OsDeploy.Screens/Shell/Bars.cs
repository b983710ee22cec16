using System.Globalization;

namespace OsDeploy.Screens.Shell;

/// <summary>Progress in the cells of a table, with glyphs that every console has.</summary>
internal static class Bars
{
    /// <param name="fraction">0 to 1; null: nobody knows.</param>
    public static string Of(double? fraction, int columns)
    {
        if (fraction is not { } part)
        {
            return "";
        }

        var full = (int)(Math.Clamp(part, 0, 1) * columns);
        return new string('█', full) + new string('░', columns - full) + string.Create(CultureInfo.InvariantCulture, $" {(int)(part * 100),3} %");
    }
}
