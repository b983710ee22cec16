using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Server.Boot;

/// <summary>What a loader said of its PC when it asked for a script. None of it is proof.</summary>
internal sealed record BootRequest(
    BootLoader Loader, BootFirmware Firmware, bool IsSupported, IReadOnlyList<MacAddress> Macs, string? Uuid, string? Vendor, string? Model, string? Serial, BootWish Wish, string? Password)
{
    /// <summary>Characters of a query.</summary>
    public const int MaxQuery = 2000;

    private static readonly SearchValues<char> s_letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private const int MaxPairs = 32;
    private const int MaxText = 64;

    public HardwareIdentity Identity => new(Uuid, Serial, null, Macs);

    /// <param name="query">What stands behind the question mark, as it came.</param>
    /// <returns>False if it is no question that one of our own scripts asks.</returns>
    public static bool TryParse(BootLoader loader, string query, [NotNullWhen(true)] out BootRequest? request)
    {
        request = null;
        if (query.Length > MaxQuery || !TryPairs(query, out var values))
        {
            return false;
        }

        var macs = values.Where(pair => pair.Key == "mac" || pair.Key.StartsWith("net", StringComparison.Ordinal)).Select(pair => pair.Value).Where(text => text.Length > 0).ToList();
        var parsed = macs.Select(text => MacAddress.TryParse(text, out var mac) ? mac : default).Where(mac => mac != default).Distinct().ToList();
        if (parsed.Count == 0)
        {
            return false;
        }

        var platform = values.GetValueOrDefault("platform");
        request = new BootRequest(
            loader,
            loader == BootLoader.Grub || platform == "efi" ? BootFirmware.Uefi : BootFirmware.Bios,
            values.GetValueOrDefault("long") != "0" && values.GetValueOrDefault("cpu") is null or "" or "x86_64",
            parsed,
            Guid.TryParse(values.GetValueOrDefault("uuid"), out var uuid) ? uuid.ToString("D") : null,
            TextOf(values, "manufacturer"),
            TextOf(values, "product"),
            TextOf(values, "serial"),
            values.GetValueOrDefault("wish") switch { "tool" => BootWish.Tool, "disk" => BootWish.Disk, _ => BootWish.None },
            values.GetValueOrDefault("password") is { Length: > 0 and <= MaxText } password ? password : null);
        return true;
    }

    private static string? TextOf(Dictionary<string, string> values, string name) =>
        values.GetValueOrDefault(name) is { Length: > 0 } text && Printable.Of(text, MaxText) is { Length: > 0 } shown ? shown : null;

    private static bool TryPairs(string query, out Dictionary<string, string> values)
    {
        values = new Dictionary<string, string>(StringComparer.Ordinal);
        var pairs = query.Split('&');
        if (pairs.Length > MaxPairs)
        {
            return false;
        }

        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !IsName(pair.AsSpan(0, at)) || !values.TryAdd(pair[..at], Uri.UnescapeDataString(pair[(at + 1)..])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsName(ReadOnlySpan<char> name) => name.Length <= 16 && !name.ContainsAnyExcept(s_letters);
}
