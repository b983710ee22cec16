using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;

namespace OsDeploy.Server.Jobs;

/// <summary>
/// Which disk of a host is meant. A disk that alone can be meant binds by itself; where a person could mean another one, a
/// person says so. Never by kernel name, never by order.
/// </summary>
internal static class DiskBinder
{
    // A backup GPT and its alignment behind the last partition.
    private const long TableRoom = 1 << 20;

    /// <param name="manifest">Of the version to restore or heal; null for kinds that need none.</param>
    /// <returns>Disks, or a fault that rules the host out; neither: a person must choose.</returns>
    public static (IReadOnlyList<DiskBinding> Disks, JobFault? Fault) Bind(JobKind kind, JobOptions options, Inventory inventory, Manifest? manifest)
    {
        var present = inventory.Disks.Where(disk => (options.AllowRemovable || !disk.IsRemovable) && IsNamed(disk)).ToList();
        if (present.Count == 0)
        {
            return ([], JobFaults.NoDisk());
        }

        return kind switch
        {
            JobKind.Erase => (Number(present), null),
            JobKind.Restore or JobKind.Heal or JobKind.ManualRestore when manifest is not null => BindTo(manifest, present, options),
            _ => (present.Count == 1 ? Number(present) : [], null),
        };
    }

    /// <summary>What rules out the disks that a person has named; null: nothing that is known here.</summary>
    /// <inheritdoc cref="Bind"/>
    public static JobFault? FaultOf(IReadOnlyList<HostDisk> chosen, JobOptions options, Manifest? manifest)
    {
        if (!options.AllowRemovable && chosen.FirstOrDefault(disk => disk.IsRemovable) is { } removable)
        {
            return JobFaults.Removable(removable);
        }

        if (manifest is null)
        {
            return null;
        }

        // Single partitions go onto one disk, whatever else the image has.
        var meant = manifest.Disks.Take(options.Partitions is { Count: > 0 } && chosen.Count == 1 ? 1 : manifest.Disks.Count).ToList();
        return meant.Count != chosen.Count
            ? JobFaults.DiskCount(chosen.Count, meant.Count)
            : meant.Zip(chosen).Select(pair => FaultOf(pair.Second, pair.First, IsPartitionOnly(options, manifest))).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>The first is the first of the image.</summary>
    public static IReadOnlyList<DiskBinding> Number(IReadOnlyList<HostDisk> disks) => [.. disks.Select((disk, i) => BindingOf(i + 1, disk))];

    /// <summary>Bytes a disk must have for a captured one: to the end of its last partition.</summary>
    public static long NeededFor(DiskRecord disk) =>
        disk.Partitions.Count == 0 ? disk.Size : Math.Min(disk.Size, disk.Partitions.Max(partition => partition.Offset + partition.Length) + TableRoom);

    public static DiskBinding BindingOf(int number, HostDisk disk) => new(number, disk.Serial, disk.Wwn, disk.Model, disk.Size);

    private static (IReadOnlyList<DiskBinding> Disks, JobFault? Fault) BindTo(Manifest manifest, List<HostDisk> present, JobOptions options)
    {
        var isPartitionOnly = IsPartitionOnly(options, manifest);
        var bindings = new List<DiskBinding>();
        foreach (var disk in manifest.Disks)
        {
            var needed = isPartitionOnly ? 0 : NeededFor(disk);
            var sameSectors = present.Where(found => found.SectorSize == disk.SectorSize).ToList();
            if (sameSectors.Count == 0)
            {
                return ([], JobFaults.OtherSectors(present[0].SectorSize, disk.SectorSize));
            }

            var fitting = sameSectors.Where(found => found.Size >= needed).ToList();
            if (fitting.Count == 0)
            {
                return ([], JobFaults.DiskTooSmall(sameSectors.Max(found => found.Size), needed));
            }

            if (Single(fitting, disk, manifest.Disks.Count) is not { } chosen)
            {
                return ([], null);
            }

            bindings.Add(BindingOf(disk.Number, chosen));
        }

        return (bindings.DistinctBy(binding => (binding.Serial, binding.Wwn)).Count() == bindings.Count ? bindings : [], null);
    }

    private static JobFault? FaultOf(HostDisk disk, DiskRecord captured, bool isPartitionOnly) =>
        disk.SectorSize != captured.SectorSize ? JobFaults.OtherSectors(disk.SectorSize, captured.SectorSize)
        : !isPartitionOnly && disk.Size < NeededFor(captured) ? JobFaults.DiskTooSmall(disk.Size, NeededFor(captured))
        : null;

    // The master meets its own disks again, and a second disk of the same size is the second disk.
    private static HostDisk? Single(List<HostDisk> fitting, DiskRecord disk, int disks)
    {
        if (fitting.Count == 1)
        {
            return fitting[0];
        }

        var own = fitting.Where(found => disk.Serial is not null && found.Serial == disk.Serial).ToList();
        var alike = disks > 1 ? fitting.Where(found => found.Size == disk.Size).ToList() : [];
        return own.Count == 1 ? own[0] : alike.Count == 1 ? alike[0] : null;
    }

    // Partitions that go into the table a disk has may be on a disk of any size: the engine looks at each.
    private static bool IsPartitionOnly(JobOptions options, Manifest manifest) =>
        !options.WithTable && (options.Partitions is { Count: > 0 } || manifest.Kind == ImageKind.Manual);

    private static bool IsNamed(HostDisk disk) => !string.IsNullOrEmpty(disk.Serial) || !string.IsNullOrEmpty(disk.Wwn);
}
