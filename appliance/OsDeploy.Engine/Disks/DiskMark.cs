using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <param name="Image">Name of the image being restored.</param>
/// <param name="Version">64 hexadecimal digits.</param>
/// <param name="Kept">Places of partitions that this restore leaves as they are although the image would replace them. The disk's own table,
/// which said so before, is gone while the restore is unfinished.</param>
public sealed record UnfinishedRestore(string Image, string Version, IReadOnlyList<ByteRange>? Kept = null);

/// <summary>
/// The record that stands in the first sector of a disk (whole restore) or of a partition (partition-only restore) until the restore is
/// finished. It carries no boot signature: firmware finds nothing to start, an agent finds what to go on with.
/// </summary>
public static class DiskMark
{
    /// <summary>What a sector of 512 bytes has room for, beside the longest name.</summary>
    public const int MostKept = 4;

    private static readonly byte[] s_magic = Encoding.ASCII.GetBytes("OSDEPLOY: RESTORE NOT FINISHED\r\n");

    /// <summary>Reads the mark at <paramref name="offset"/>, or null.</summary>
    public static UnfinishedRestore? Read(IDisk disk, long offset)
    {
        var sector = new byte[disk.SectorSize];
        disk.Read(offset, sector);
        if (!sector.AsSpan().StartsWith(s_magic))
        {
            return null;
        }

        var text = sector.AsSpan(s_magic.Length);
        var end = text.IndexOf((byte)0);
        try
        {
            return JsonSerializer.Deserialize(end < 0 ? text : text[..end], DiskMarkJson.Default.UnfinishedRestore);
        }
        catch (JsonException)
        {
            return new UnfinishedRestore("?", "?");
        }
    }

    internal static void Write(IDisk disk, long offset, string image, VersionId version, IReadOnlyList<ByteRange>? kept = null)
    {
        var sector = new byte[disk.SectorSize];
        s_magic.CopyTo(sector.AsSpan());
        JsonSerializer.SerializeToUtf8Bytes(new UnfinishedRestore(image, version.ToString(), kept), DiskMarkJson.Default.UnfinishedRestore)
            .CopyTo(sector.AsSpan(s_magic.Length));
        disk.Write(offset, sector);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(UnfinishedRestore))]
internal sealed partial class DiskMarkJson : JsonSerializerContext;
