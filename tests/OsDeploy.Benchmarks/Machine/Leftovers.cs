namespace OsDeploy.Benchmarks.Machine;

/// <summary>Daemons, mounts, loop devices and limits that a killed run left behind in the work folder.</summary>
internal static class Leftovers
{
    public static async Task ClearAsync(string work, CancellationToken cancel)
    {
        await BackgroundProgram.EndAsync(Path.Combine(Settings.DaemonFolderOf(work), BackgroundProgram.PidFile), cancel);
        var inside = work.TrimEnd('/') + "/";
        foreach (var folder in MountPoints().Where(folder => folder.StartsWith(inside, StringComparison.Ordinal)).Reverse())
        {
            await new Command("umount", folder).RunAsync(cancel);
        }

        foreach (var (device, file) in await LoopsAsync(cancel))
        {
            if (file.StartsWith(inside, StringComparison.Ordinal))
            {
                OperationLimit.Lift(device);
                await new Command("losetup", "--detach", device).RunAsync(cancel);
            }
        }
    }

    private static IEnumerable<string> MountPoints() =>
        File.ReadAllLines("/proc/self/mounts").Select(line => line.Split(' ')[1].Replace("\\040", " ", StringComparison.Ordinal));

    private static async Task<IEnumerable<(string Device, string File)>> LoopsAsync(CancellationToken cancel)
    {
        var listed = await new Command("losetup", "--list", "--noheadings", "--raw", "--output", "NAME,BACK-FILE").RunAsync(cancel);
        return listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .Where(parts => parts.Length == 2)
            .Select(parts => (parts[0], parts[1].Replace("\\x20", " ", StringComparison.Ordinal)));
    }
}
