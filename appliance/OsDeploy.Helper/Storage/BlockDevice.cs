using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsDeploy.Helper.Storage;

/// <summary>A block device with what is stacked on it, as <c>lsblk</c> tells it.</summary>
/// <param name="Path">Device node.</param>
/// <param name="Type"><c>disk</c>, <c>part</c>, <c>loop</c>, <c>rom</c>, <c>crypt</c>, <c>lvm</c>, <c>raid1</c> and so on.</param>
/// <param name="Size">Bytes.</param>
/// <param name="MountPoints">Null in it: not mounted; <c>[SWAP]</c>: swapped to.</param>
internal sealed record BlockDevice(
    [property: JsonRequired] string Name,
    [property: JsonRequired] string Path,
    [property: JsonRequired] string Type,
    [property: JsonRequired] long Size,
    string? Model,
    string? Serial,
    string? Tran,
    [property: JsonPropertyName("ro")] bool IsReadOnly,
    [property: JsonPropertyName("rm")] bool IsRemovable,
    [property: JsonPropertyName("mountpoints"), JsonRequired] IReadOnlyList<string?> MountPoints,
    IReadOnlyList<BlockDevice>? Children = null)
{
    private const string Columns = "NAME,PATH,TYPE,SIZE,MODEL,SERIAL,TRAN,RO,RM,MOUNTPOINTS";

    private static readonly string[] s_notDisks = ["zram", "ram", "fd", "mtdblock", "nullb"];

    /// <summary>A disk; not memory, floppies, the boot areas of an eMMC or drives without a medium.</summary>
    [JsonIgnore]
    public bool IsDisk => Size > 0 && Type == "disk"
        && !s_notDisks.Any(prefix => Name.StartsWith(prefix, StringComparison.Ordinal))
        && !Name.Contains("boot", StringComparison.Ordinal)
        && !Name.EndsWith("rpmb", StringComparison.Ordinal);

    [JsonIgnore]
    public IReadOnlyList<BlockDevice> Partitions => [.. (Children ?? []).Where(child => child.Type == "part")];

    /// <summary>This one, its partitions, and whatever is on them.</summary>
    [JsonIgnore]
    public IEnumerable<BlockDevice> Family => (Children ?? []).SelectMany(child => child.Family).Prepend(this);

    /// <summary>Mounted, swapped to, or below an array, a volume group or an opened encryption.</summary>
    [JsonIgnore]
    public bool IsInUse => Family.Any(device => device.MountPoints.Any(point => point is not null) || (device != this && device.Type != "part"));

    /// <summary>Device node that the kernel gives a partition of this disk: <c>/dev/sda1</c>, <c>/dev/nvme0n1p1</c>.</summary>
    public string PartitionPath(int number) => PartitionPath(Path, number);

    /// <inheritdoc cref="PartitionPath(int)"/>
    /// <param name="disk">Device node.</param>
    public static string PartitionPath(string disk, int number) => $"{disk}{(char.IsAsciiDigit(disk[^1]) ? "p" : "")}{number}";

    /// <summary>Every device without one below it.</summary>
    /// <exception cref="UserErrorException"><c>disks-unreadable</c>, <c>tool-missing</c>, <c>tool-failed</c></exception>
    public static async Task<IReadOnlyList<BlockDevice>> ListAsync(CancellationToken cancel)
    {
        try
        {
            return Parse((await new Command("lsblk", "--json", "--bytes", "--tree", "--output", Columns).RunAsync(cancel)).Output);
        }
        catch (FormatException e)
        {
            throw Errors.DisksUnreadable(e);
        }
    }

    /// <exception cref="FormatException">Not what lsblk writes for these columns.</exception>
    internal static IReadOnlyList<BlockDevice> Parse(string json)
    {
        try
        {
            var devices = JsonSerializer.Deserialize(json, BlockDeviceJson.Default.BlockDeviceDocument)?.BlockDevices ?? throw new FormatException("lsblk's list is null");
            return devices.All(IsWhole) ? devices : throw new FormatException("a device of lsblk's list has no path or no size");
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static bool IsWhole(BlockDevice? device) => device is { Path.Length: > 0, Size: >= 0 } && (device.Children ?? []).All(IsWhole);
}

internal sealed record BlockDeviceDocument([property: JsonPropertyName("blockdevices"), JsonRequired] IReadOnlyList<BlockDevice> BlockDevices);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32)]
[JsonSerializable(typeof(BlockDeviceDocument))]
internal sealed partial class BlockDeviceJson : JsonSerializerContext;
