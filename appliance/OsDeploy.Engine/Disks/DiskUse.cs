namespace OsDeploy.Disks;

/// <summary>Who uses a disk right now, as the kernel says: mounts, swap, arrays and volume groups on it, on its partitions, or on loop devices over it.</summary>
internal static class DiskUse
{
    private const string Classes = "/sys/class/block";

    /// <param name="realPath">Device node or image file, without symbolic links.</param>
    /// <returns>Sentence parts, one per use; empty if nobody does.</returns>
    public static IReadOnlyList<string> Find(string realPath)
    {
        var family = Family(realPath);
        var holders = family.Keys.Except(Kin(realPath)).Where(name => !name.StartsWith("loop", StringComparison.Ordinal));
        return
        [
            .. MountTable.Read().Where(mount => family.ContainsKey(NameOf(mount.Source)) || family.ContainsValue(mount.Device))
                .Select(mount => $"{mount.Source} is mounted at {mount.Folder}"),
            .. Swaps().Where(swap => swap == realPath || family.ContainsKey(NameOf(swap))).Select(swap => $"{swap} is used for swapping"),
            .. LoopRecord.LeftOver(realPath).Select(device => $"a program that osdeploy had started still works on it through {device}"),
            .. holders.Select(name => $"/dev/{name} is built on it"),
        ];
    }

    // The disk and its partitions.
    private static IEnumerable<string> Kin(string realPath)
    {
        var name = NameOf(realPath);
        return name.Length == 0 || !Directory.Exists($"{Classes}/{name}") ? [] : Partitions(name).Prepend(name);
    }

    // The disk, its partitions and everything stacked on them, by kernel name, with "major:minor".
    private static Dictionary<string, string> Family(string realPath)
    {
        var family = new Dictionary<string, string>();
        var next = new Queue<string>(Kin(realPath).Concat(LoopsOver(realPath)));
        while (next.TryDequeue(out var name))
        {
            if (family.TryAdd(name, ReadLine($"{Classes}/{name}/dev")))
            {
                foreach (var stacked in Partitions(name).Concat(Names($"{Classes}/{name}/holders")).Concat(LoopsOver($"/dev/{name}")))
                {
                    next.Enqueue(stacked);
                }
            }
        }

        return family;
    }

    private static IEnumerable<string> Partitions(string name) =>
        Names($"{Classes}/{name}").Where(child => File.Exists($"{Classes}/{name}/{child}/partition"));

    private static IEnumerable<string> LoopsOver(string path) =>
        Names(Classes).Where(name => name.StartsWith("loop", StringComparison.Ordinal) && ReadLine($"{Classes}/{name}/loop/backing_file") == path);

    private static IEnumerable<string> Swaps() =>
        File.ReadLines("/proc/swaps").Skip(1).Select(line => MountTable.Decode(line.Split(' ', 2)[0]));

    private static IEnumerable<string> Names(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)) : [];

    private static string NameOf(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) ? path["/dev/".Length..].Replace('/', '!') : "";

    internal static string ReadLine(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault("");
        }
        catch (IOException)
        {
            return ""; // the device went away, or has no such attribute
        }
    }
}
