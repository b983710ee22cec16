using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <param name="Image">Name of the image being restored.</param>
/// <param name="Version">64 hexadecimal digits.</param>
public sealed record UnfinishedRestore(string Image, string Version);

/// <summary>
/// The record that stands in the first sector of a disk (whole restore) or of a partition (partition-only restore) until the restore is
/// finished. It carries no boot signature: firmware finds nothing to start, an agent finds what to go on with.
/// </summary>
public static class DiskMark
{
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

    internal static void Write(IDisk disk, long offset, string image, VersionId version)
    {
        var sector = new byte[disk.SectorSize];
        s_magic.CopyTo(sector.AsSpan());
        JsonSerializer.SerializeToUtf8Bytes(new UnfinishedRestore(image, version.ToString()), DiskMarkJson.Default.UnfinishedRestore)
            .CopyTo(sector.AsSpan(s_magic.Length));
        disk.Write(offset, sector);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UnfinishedRestore))]
internal sealed partial class DiskMarkJson : JsonSerializerContext;
