using OsDeploy.Api.Jobs;

namespace OsDeploy.Agent;

/// <summary>Finds the disks a job is for among those that are present: by serial number and WWN, never by name or order.</summary>
internal static class DiskBindings
{
    /// <returns>One per binding, in the order of the image.</returns>
    /// <exception cref="UserErrorException"><c>disk-changed</c>: not found, not the only one, smaller than it was, or one disk for two.</exception>
    public static IReadOnlyList<PresentDisk> Resolve(IReadOnlyList<DiskBinding> bindings, IReadOnlyList<PresentDisk> present)
    {
        var found = new List<PresentDisk>();
        foreach (var binding in bindings.OrderBy(binding => binding.Disk))
        {
            var disk = Find(binding, present);
            found.Add(found.Contains(disk) ? throw AgentErrors.DiskBoundTwice(disk) : disk);
        }

        return found;
    }

    private static PresentDisk Find(DiskBinding binding, IReadOnlyList<PresentDisk> present)
    {
        var matches = present.Where(disk => Matches(binding, disk)).ToList();
        return matches switch
        {
            [var only] => only.Disk.Size >= binding.Size ? only : throw AgentErrors.DiskShrunk(binding, only),
            [] => throw AgentErrors.DiskGone(binding, present),
            _ => throw AgentErrors.DiskAmbiguous(binding, matches),
        };
    }

    // All that was known of the disk must still be so: cheap ones share a serial number, and adapters invent a WWN.
    private static bool Matches(DiskBinding binding, PresentDisk disk) =>
        (binding.Serial ?? binding.Wwn) is not null
        && (binding.Serial is null || binding.Serial == disk.Disk.Serial)
        && (binding.Wwn is null || binding.Wwn == disk.Disk.Wwn);
}
