using System.Globalization;

namespace OsDeploy.Disks;

/// <summary>
/// A note under /run that this process attached a loop device over a range, so that a killed process leaves nothing attached for
/// long: the next one that needs a loop device detaches it.
/// </summary>
internal sealed class LoopRecord
{
    private const string Folder = "/run/osdeploy/loops";
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

    public static LoopRecord Create(string backing, long offset, long length)
    {
        Directory.CreateDirectory(Folder);
        var record = new LoopRecord(Path.Combine(Folder, Guid.NewGuid().ToString("N") + Suffix), OwnerOf(Environment.ProcessId), backing, offset, length);
        record.Save();
        return record;
    }

    public void Delete() => File.Delete(_path);

    public static Task DetachAsync(string device, CancellationToken cancel) => new Command("losetup", "--detach", device).RunAsync(cancel);

    /// <summary>Detaches what killed processes left behind, with anything they had mounted from it.</summary>
    public static async Task DetachStaleAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(Folder);

        // One cleaner at a time, or a device could be detached twice: the second time it may already be somebody else's.
        using var turn = TryTakeTurn();
        if (turn is null)
        {
            return;
        }

        var records = Directory.EnumerateFiles(Folder, "*" + Suffix).Select(TryLoad).OfType<LoopRecord>().ToList();
        var live = records.Where(record => record.IsLive()).ToList();
        foreach (var stale in records.Except(live).Where(record => !live.Any(record.IsSameRange)))
        {
            foreach (var device in stale.Devices().ToList())
            {
                await UnmountAsync(device, cancel);
                await DetachAsync("/dev/" + device, cancel);
            }

            stale.Delete();
        }
    }

    private static FileStream? TryTakeTurn()
    {
        try
        {
            return new FileStream(Path.Combine(Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task UnmountAsync(string device, CancellationToken cancel)
    {
        foreach (var mount in MountTable.Read().Where(mount => mount.Source == "/dev/" + device))
        {
            await new Command("umount", mount.Folder).RunAsync(cancel);
        }
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
            && DiskUse.ReadLine($"/sys/class/block/{name}/loop/sizelimit") == Length.ToString(CultureInfo.InvariantCulture));

    // proc(5): the 22nd field of stat is the start time; the second, in brackets, may hold anything.
    private static string OwnerOf(int process)
    {
        var stat = DiskUse.ReadLine($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Create(CultureInfo.InvariantCulture, $"{process} {(fields.Length > 19 ? fields[19] : "gone")}");
    }
}
