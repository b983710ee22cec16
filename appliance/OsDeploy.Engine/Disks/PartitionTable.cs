using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>The table sectors a target disk gets.</summary>
public static class PartitionTable
{
    /// <summary>
    /// A disk of the captured size gets the captured sectors to the byte; another size the same table with the positions moved.
    /// Computed, not asked of a tool, so that nothing a tool does not know is lost.
    /// </summary>
    /// <returns>
    /// In the order of writing: sectors nearer to the start of the disk later, so that sector 0, the commit point, is last.
    /// </returns>
    /// <exception cref="UserErrorException"><c>disk-table-damaged</c>: the image's table is damaged.</exception>
    public static Task<IReadOnlyList<TableSectors>> BuildAsync(DiskRecord image, TargetLayout target, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            var table = target.IsSameSize ? image.Table : image.Label switch
            {
                "gpt" => Gpt.Rebuild(image, target),
                "dos" => Mbr.Rebuild(image, target),
                _ => [],
            };
            return Task.FromResult<IReadOnlyList<TableSectors>>([.. table.OrderByDescending(piece => piece.Offset)]);
        }
        catch (FormatException e)
        {
            throw DiskErrors.TableDamaged($"disk {image.Number} of the image", e.Message, e);
        }
    }

    /// <exception cref="FormatException">The table is damaged.</exception>
    internal static IReadOnlyList<TableSectors> Read(IDisk disk, string label)
    {
        var table = label switch
        {
            "gpt" => Gpt.Read(disk),
            "dos" => Mbr.Read(disk),
            _ => [],
        };
        return [.. table.OrderByDescending(piece => piece.Offset)];
    }
}
