using OsDeploy.Disks;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>Disks as people recognise them: model, serial, size, and what is on them now.</summary>
internal static class DiskText
{
    public static void WriteList(TextWriter writer, IReadOnlyList<DiskIdentity> disks)
    {
        var table = new TextTable("DISK", ">SIZE", "MODEL", "SERIAL", "BUS", "STATE");
        foreach (var disk in disks)
        {
            table.Add(disk.Path, Sizes.Of(disk.Size), disk.Model ?? "-", disk.Serial ?? "-", disk.Transport ?? "-", StateOf(disk));
        }

        table.Write(writer);
    }

    /// <summary><c>/dev/sda, 238 GiB, SAMSUNG MZVL2, serial S64A…</c></summary>
    public static string NameOf(DiskIdentity disk)
    {
        var parts = new[]
        {
            Printable.Of(disk.Path),
            Sizes.Of(disk.Size),
            disk.IsBlockDevice ? Printable.Of(disk.Model ?? "no model") : "disk image file",
            disk.Serial is null ? "" : "serial " + Printable.Of(disk.Serial),
            disk.IsRemovable ? "removable" : "",
        };
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    /// <summary>What would be lost: one line for the disk, one for each partition.</summary>
    public static void WriteContent(TextWriter writer, DiskLayout disk)
    {
        writer.WriteLine(NameOf(disk.Disk));
        writer.WriteLine($"It holds {OsGuess.Of(disk)}.");
        if (disk.Partitions.Count > 0)
        {
            PartitionTable(disk.Partitions).Write(writer, indent: "  ");
        }
    }

    private static TextTable PartitionTable(IEnumerable<PartitionLayout> partitions)
    {
        var table = new TextTable(">#", ">SIZE", "TYPE", "FILE SYSTEM", "LABEL");
        foreach (var partition in partitions)
        {
            table.Add($"{partition.Number}", Sizes.Of(partition.Length), PartitionTypes.NameOf(partition.Type),
                partition.FileSystem ?? "-", partition.FileSystemLabel ?? partition.Name ?? "-");
        }

        return table;
    }

    private static string StateOf(DiskIdentity disk)
    {
        var words = disk.InUse
            .Concat(disk.IsReadOnly ? ["read-only"] : [])
            .Concat(disk.IsRemovable ? ["removable"] : [])
            .ToList();
        return words.Count == 0 ? "free" : string.Join("; ", words);
    }
}
