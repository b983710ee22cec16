using System.Globalization;

namespace OsDeploy.Server.Health;

/// <summary>What <c>chronyc -c tracking</c> says: fourteen values with commas between them.</summary>
/// <param name="Source">Whom the clock follows.</param>
/// <param name="Stratum">How far that is from a clock of its own; 0: there is nobody.</param>
/// <param name="Offset">By how much the system's clock is off.</param>
/// <param name="IsSet">Somebody was found who knows the time.</param>
internal sealed record ChronyTracking(string Source, int Stratum, TimeSpan Offset, bool IsSet)
{
    private const int Fields = 14;
    private const string NotSet = "Not synchronised";

    // Beyond it a clock is not off but unset, and a TimeSpan has its bounds.
    private const double MostSeconds = 1e9;

    /// <returns>Null: that is not what it says.</returns>
    public static ChronyTracking? Parse(string text)
    {
        var fields = text.Trim().Split(',');
        return fields.Length == Fields
            && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var stratum)
            && double.TryParse(fields[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var offset)
            && Math.Abs(offset) < MostSeconds
            ? new ChronyTracking(fields[1].Length > 0 ? fields[1] : fields[0], stratum, TimeSpan.FromSeconds(offset), stratum > 0 && fields[13] != NotSet)
            : null;
    }
}
