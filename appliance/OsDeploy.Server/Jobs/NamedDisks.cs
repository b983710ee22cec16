using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Server.Jobs;

/// <summary>Disks that an operator named, looked up among those a host has.</summary>
internal static class NamedDisks
{
    /// <returns>In the order they were named.</returns>
    /// <exception cref="UserErrorException"><c>disk-unknown</c>, <c>disk-ambiguous</c>, <c>disk-count</c>: none, or one twice.</exception>
    public static IReadOnlyList<HostDisk> Find(IReadOnlyList<DiskBinding> named, Inventory? inventory)
    {
        var present = inventory?.Disks ?? [];
        var chosen = named.OfType<DiskBinding>().OrderBy(disk => disk.Disk).Select(asked => Find(asked, present)).ToList();
        return chosen.Count > 0 && chosen.DistinctBy(disk => (disk.Serial, disk.Wwn)).Count() == chosen.Count
            ? chosen
            : throw JobFaults.DiskCount(chosen.Count, 1).ToError();
    }

    private static HostDisk Find(DiskBinding asked, IReadOnlyList<HostDisk> present)
    {
        var name = asked.Serial ?? asked.Wwn ?? "";
        var found = present.Where(disk => name.Length > 0 && (disk.Wwn == name || (disk.Serial == name && (string.IsNullOrEmpty(asked.Wwn) || disk.Wwn == asked.Wwn)))).ToList();
        return found.Count switch
        {
            0 => throw JobErrors.DiskUnknown(name, present.Select(disk => disk.Serial ?? disk.Wwn ?? disk.Name)),
            1 => found[0],
            _ => throw JobErrors.DiskAmbiguous(name, found.Select(disk => disk.Wwn)),
        };
    }
}
