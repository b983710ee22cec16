using OsDeploy.Api.Hosts;

namespace OsDeploy.Server.Hosts;

/// <summary>What an edit changes, in words. Secrets are not among them.</summary>
internal static class HostDifference
{
    /// <returns>Empty if they are the same.</returns>
    public static string Of(Host before, Host after) => string.Join(", ", All(before, after));

    private static IEnumerable<string> All(Host before, Host after)
    {
        (string What, string? Before, string? After)[] texts =
        [
            ("name", before.Name.ToString(), after.Name.ToString()), ("room", before.Room, after.Room), ("configuration", before.Configuration, after.Configuration),
            ("MAC", string.Join(' ', before.Identity.Macs), string.Join(' ', after.Identity.Macs)), ("ip", before.Details.Ip, after.Details.Ip),
            ("row", before.Details.Row, after.Details.Row), ("place", before.Details.Place, after.Details.Place), ("wlanmac", before.Details.WlanMac, after.Details.WlanMac),
            ("wlanip", before.Details.WlanIp, after.Details.WlanIp), ("serial", before.Details.Serial, after.Details.Serial),
            ("inventary", before.Details.InventoryNumber, after.Details.InventoryNumber), ("owner", before.Details.Owner, after.Details.Owner),
            ("domain", before.Join?.Domain, after.Join?.Domain), ("ou", before.Join?.MachineOu, after.Join?.MachineOu), ("workgroup", before.Join?.Workgroup, after.Join?.Workgroup),
        ];
        foreach (var (what, old, now) in texts.Where(text => !string.Equals(text.Before, text.After, StringComparison.Ordinal)))
        {
            yield return $"{what} {Or(old)} -> {Or(now)}";
        }

        if (before.Notes != after.Notes)
        {
            yield return "notes";
        }

        if (before.IsBlocked != after.IsBlocked)
        {
            yield return after.IsBlocked ? "blocked" : "unblocked";
        }

        if (!before.Overrides.SequenceEqual(after.Overrides))
        {
            yield return "own partition settings";
        }

        if (before.Boot != after.Boot)
        {
            yield return "own boot options";
        }
    }

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? "none" : text;
}
