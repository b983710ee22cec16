using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsDeploy.Disks;

/// <summary>A partition table as <c>sfdisk --json</c> describes it, checked against the disk it is on.</summary>
internal sealed record SfdiskTable(string Label, JsonElement Json, IReadOnlyList<SfdiskPartition> Partitions)
{
    private const int MaxPartitions = 256;

    /// <exception cref="FormatException">Not such a description, or partitions that no disk of this size can have.</exception>
    public static SfdiskTable Parse(string json, long diskSize)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var found = document.Deserialize(SfdiskJson.Default.SfdiskDocument)?.PartitionTable ?? throw new FormatException("sfdisk names no table");
            var label = found.Label is "gpt" or "dos" ? found.Label : throw new FormatException("it is neither a GPT nor an MBR table");
            var sector = found.SectorSize is 512 or 1024 or 2048 or 4096 ? found.SectorSize : throw new FormatException("its sector size is unknown");
            var partitions = (found.Partitions ?? []).Select(partition => ToPartition(partition, found.Device, label, sector, diskSize)).ToList();
            Check(partitions);
            return new(label, document.RootElement.Clone(), partitions);
        }
        catch (JsonException e)
        {
            throw new FormatException("sfdisk's description of it cannot be read", e);
        }
    }

    private static SfdiskPartition ToPartition(SfdiskEntry entry, string device, string label, int sector, long diskSize)
    {
        var number = NumberOf(entry.Node, device);
        var sectors = diskSize / sector;
        if (entry.Start < 0 || entry.Size <= 0 || entry.Start > sectors || entry.Size > sectors - entry.Start)
        {
            throw new FormatException($"partition {number} reaches behind the end of the disk");
        }

        var isContainer = PartitionTypes.IsContainer(label, entry.Type);
        return new(number, entry.Start * sector, entry.Size * sector, entry.Type, entry.Uuid, entry.Name, isContainer);
    }

    // "/dev/sda3", "/dev/nvme0n1p3", "/dev/disk/by-id/x-part3", "image.img3"
    private static int NumberOf(string node, string device)
    {
        var tail = node.StartsWith(device, StringComparison.Ordinal) ? node[device.Length..] : "";
        tail = tail.StartsWith("-part", StringComparison.Ordinal) ? tail[5..] : tail.StartsWith('p') ? tail[1..] : tail;
        return int.TryParse(tail, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 1024
            ? number
            : throw new FormatException("sfdisk names a partition without a number");
    }

    private static void Check(List<SfdiskPartition> partitions)
    {
        if (partitions.Count > MaxPartitions || partitions.Select(partition => partition.Number).Distinct().Count() < partitions.Count)
        {
            throw new FormatException("it has too many partitions, or two with one number");
        }

        if (partitions.Any(partition => partition.Type == "ee"))
        {
            throw new FormatException("its GPT is damaged, or was made for a disk of another size or sector size");
        }

        var inOrder = partitions.Where(partition => !partition.IsContainer).OrderBy(partition => partition.Offset).ToList();
        foreach (var (first, second) in inOrder.Zip(inOrder.Skip(1)))
        {
            if (first.End > second.Offset)
            {
                throw new FormatException($"partitions {first.Number} and {second.Number} overlap");
            }
        }
    }
}

/// <param name="Offset">Bytes from the start of the disk.</param>
internal sealed record SfdiskPartition(int Number, long Offset, long Length, string Type, string? Uuid, string? Name, bool IsContainer)
{
    public long End => Offset + Length;
}

internal sealed record SfdiskDocument([property: JsonPropertyName("partitiontable"), JsonRequired] SfdiskDescription PartitionTable);

internal sealed record SfdiskDescription(
    [property: JsonRequired] string Label,
    [property: JsonRequired] string Device,
    [property: JsonPropertyName("sectorsize"), JsonRequired] int SectorSize,
    IReadOnlyList<SfdiskEntry>? Partitions = null);

/// <summary>Start and size in sectors.</summary>
internal sealed record SfdiskEntry(
    [property: JsonRequired] string Node,
    [property: JsonRequired] long Start,
    [property: JsonRequired] long Size,
    [property: JsonRequired] string Type,
    string? Uuid = null,
    string? Name = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(SfdiskDocument))]
internal sealed partial class SfdiskJson : JsonSerializerContext;
