using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsDeploy.Disks;

/// <summary>What <c>lsblk</c> knows about block devices.</summary>
internal static class Lsblk
{
    private const string Columns = "NAME,PATH,TYPE,SIZE,LOG-SEC,MODEL,SERIAL,WWN,TRAN,RM,RO";

    public static async Task<IReadOnlyList<LsblkDevice>> ListAsync(CancellationToken cancel) =>
        Parse((await new Command("lsblk", "--json", "--bytes", "--nodeps", "--output", Columns).RunAsync(cancel)).Output);

    /// <returns>Null if it is no block device that lsblk knows.</returns>
    public static async Task<LsblkDevice?> FindAsync(string path, CancellationToken cancel)
    {
        var result = await new Command("lsblk", "--json", "--bytes", "--nodeps", "--output", Columns, "--", path).Accepting(_ => true).RunAsync(cancel);
        return result.ExitCode == 0 && Parse(result.Output) is [var device, ..] ? device : null;
    }

    internal static IReadOnlyList<LsblkDevice> Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LsblkJson.Default.LsblkDocument)?.BlockDevices ?? [];
        }
        catch (JsonException e)
        {
            throw new FormatException("lsblk's description of the disks cannot be read.", e);
        }
    }
}

internal sealed record LsblkDocument([property: JsonPropertyName("blockdevices"), JsonRequired] IReadOnlyList<LsblkDevice> BlockDevices);

internal sealed record LsblkDevice(
    [property: JsonRequired] string Name,
    [property: JsonRequired] string Path,
    [property: JsonRequired] string Type,
    [property: JsonRequired] long Size,
    [property: JsonPropertyName("log-sec"), JsonRequired] int SectorSize,
    string? Model,
    string? Serial,
    string? Wwn,
    string? Tran,
    [property: JsonPropertyName("rm")] bool IsRemovable,
    [property: JsonPropertyName("ro")] bool IsReadOnly)
{
    private static readonly string[] s_notDisks = ["zram", "ram", "fd", "mtdblock", "nullb"];

    /// <summary>A disk of this computer, or a loop device over a file; not memory, floppies or the boot areas of an eMMC.</summary>
    public bool IsDisk => Size > 0
        && Type is "disk" or "loop"
        && !s_notDisks.Any(prefix => Name.StartsWith(prefix, StringComparison.Ordinal))
        && !Name.Contains("boot", StringComparison.Ordinal)
        && !Name.EndsWith("rpmb", StringComparison.Ordinal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, MaxDepth = 16)]
[JsonSerializable(typeof(LsblkDocument))]
internal sealed partial class LsblkJson : JsonSerializerContext;
