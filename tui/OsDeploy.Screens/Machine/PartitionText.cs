using System.Globalization;
using OsDeploy.Disks;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>Partitions as lines of a list.</summary>
internal static class PartitionText
{
    public static string NameOf(int disk, int number, string description) =>
        Language.Fill(disk == 1 ? Words.Machine.PartitionName : Words.Machine.PartitionOfDisk, number, disk) + (description.Length > 0 ? ": " + description : "");

    public static string IdOf(int disk, int number) => string.Create(CultureInfo.InvariantCulture, $"{disk}.{number}");

    /// <summary>Size, file system and label.</summary>
    public static string RemarkOf(long length, string? fileSystem, string? label) =>
        string.Join("  ", new[] { Sizes.Of(length), Printable.Of(fileSystem, 16), Printable.Of(label, 32) }.Where(part => part.Length > 0));

    public static string RemarkOf(PartitionLayout partition) => RemarkOf(partition.Length, partition.FileSystem, partition.FileSystemLabel ?? partition.Name);
}
