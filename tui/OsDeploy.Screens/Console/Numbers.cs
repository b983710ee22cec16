using System.Globalization;

namespace OsDeploy.Screens.Console;

/// <summary>Counts in columns: none at all is a blank, so that what there is stands out.</summary>
internal static class Numbers
{
    public static string Of(int count) => count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number somebody should look into, with a sign for who sees no colours.</summary>
    public static string OfTrouble(int count) => count == 0 ? "" : "! " + Of(count);
}
