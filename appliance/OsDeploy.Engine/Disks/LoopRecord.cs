using System.Globalization;

namespace OsDeploy.Disks;

/// <summary>
/// A note under /run that this process attached a loop device over a range, so that a killed process leaves nothing attached for
/// long: the next one that looks at a disk detaches it.
/// </summary>
internal sealed class LoopRecord
{
    public const string Folder = "/run/osdeploy/loops";
    private const string Suffix = ".loop";

    private readonly string _path;

    private LoopRecord(string path, string owner, string backing, long offset, long length)
    {
        (_path, Owner, Backing, Offset, Length) = (path, owner, backing, offset, length);
    }

    public string Backing { get; }

    public long Offset { get; }

    public long Length { get; }

    /// <summary>Process id and start time: the id alone may have been given to another program since.</summary>
    private string Owner { get; }

    /// <summary>Within a <see cref="LoopTurn"/>, before the device is attached: killed at any later point, the next start finds it.</summary>
    public static LoopRecord Create(string backing, long offset, long length)
    {
        var record = new LoopRecord(Path.Combine(Folder, Guid.NewGuid().ToString("N") + Suffix), OwnerOf(Environment.ProcessId), backing, offset, length);
        record.Save();
        return record;
    }

    /// <summary>Forgets a device that is gone. One that a program still holds lives until that ends, and its record with it.</summary>
    public void DeleteUnlessAttached(string? device = null)
    {
        if (!Devices().Any(attached => device is null || attached == device))
        {
            File.Delete(_path);
        }
    }

    public static Task DetachAsync(string device) => new Command("losetup", "--detach", device).WithOwnSession().RunAsync(CancellationToken.None);

    /// <summary>Detaches what killed processes left behind, with anything they had mounted from it.</summary>
    public static async Task DetachStaleAsync(CancellationToken cancel)
    {
        using var turn = await LoopTurn.TakeAsync(cancel);
        foreach (var stale in Stale())
        {
            foreach (var device in stale.Devices().ToList())
            {
                await TryDetachAsync(device, cancel);
            }

            stale.DeleteUnlessAttached();
        }
    }

    /// <summary>Devices over a disk that outlived their process: a program it had started still works on them.</summary>
    public static IEnumerable<string> LeftOver(string backing) =>
        Stale().Where(record => record.Backing == backing).SelectMany(record => record.Devices()).Distinct();

    // What cannot be unmounted or detached is held by a program, and the disk counts as in use until that ends.
    private static async Task TryDetachAsync(string device, CancellationToken cancel)
    {
        foreach (var mount in MountTable.Read().Where(mount => mount.Source == device))
        {
            await new Command("umount", mount.Folder).Accepting(_ => true).RunAsync(cancel);
        }

        await new Command("losetup", "--detach", device).Accepting(_ => true).RunAsync(cancel);
    }

    // Two devices over one range cannot be told apart: as long as one of them is somebody's, neither is stale.
    private static List<LoopRecord> Stale()
    {
        var records = Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*" + Suffix).Select(TryLoad).OfType<LoopRecord>().ToList() : [];
        var live = records.Where(record => record.IsLive()).ToList();
        return [.. records.Except(live).Where(record => !live.Any(record.IsSameRange))];
    }

    private static LoopRecord? TryLoad(string path)
    {
        try
        {
            return File.ReadAllLines(path) is [var owner, var backing, var offset, var length, "end"]
                ? new(path, owner, backing, long.Parse(offset, CultureInfo.InvariantCulture), long.Parse(length, CultureInfo.InvariantCulture))
                : null;
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return null; // being written, or just deleted
        }
    }

    private void Save() => File.WriteAllLines(_path,
        [Owner, Backing, Offset.ToString(CultureInfo.InvariantCulture), Length.ToString(CultureInfo.InvariantCulture), "end"]);

    private bool IsLive() => OwnerOf(int.Parse(Owner.Split(' ')[0], CultureInfo.InvariantCulture)) == Owner;

    private bool IsSameRange(LoopRecord other) => (Backing, Offset, Length) == (other.Backing, other.Offset, other.Length);

    private IEnumerable<string> Devices() => Directory.EnumerateDirectories("/sys/class/block", "loop*").Select(folder => Path.GetFileName(folder))
        .Where(name => DiskUse.ReadLine($"/sys/class/block/{name}/loop/backing_file") == Backing
            && DiskUse.ReadLine($"/sys/class/block/{name}/loop/offset") == Offset.ToString(CultureInfo.InvariantCulture)
            && DiskUse.ReadLine($"/sys/class/block/{name}/loop/sizelimit") == Length.ToString(CultureInfo.InvariantCulture))
        .Select(name => "/dev/" + name);

    // proc(5): the 22nd field of stat is the start time; the second, in brackets, may hold anything.
    private static string OwnerOf(int process)
    {
        var stat = DiskUse.ReadLine($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Create(CultureInfo.InvariantCulture, $"{process} {(fields.Length > 19 ? fields[19] : "gone")}");
    }
}
