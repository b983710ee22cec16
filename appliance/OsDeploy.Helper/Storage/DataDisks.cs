using OsDeploy.Api.Helper;
using OsDeploy.Boot;
using OsDeploy.SetUp;
using OsDeploy.Text;

namespace OsDeploy.Helper.Storage;

/// <summary>The disks of the appliance, and what lies on them. Nothing is written.</summary>
/// <param name="isDisk">Which devices are looked at.</param>
internal sealed class DataDisks(Func<BlockDevice, bool> isDisk)
{
    // A disk on which nothing is recognised may be encrypted as a whole. What is written to a disk at all begins or ends near its edges.
    private const int EdgeBytes = 1 << 20;

    public DataDisks()
        : this(device => device.IsDisk)
    {
    }

    /// <exception cref="UserErrorException"><c>disks-unreadable</c>, <c>tool-missing</c>, <c>tool-failed</c></exception>
    public async Task<IReadOnlyList<BlockDevice>> DevicesAsync(CancellationToken cancel) => [.. (await BlockDevice.ListAsync(cancel)).Where(isDisk)];

    /// <returns>Those first that could be prepared.</returns>
    /// <exception cref="UserErrorException"><c>disks-unreadable</c>, <c>tool-missing</c>, <c>tool-failed</c></exception>
    public async Task<IReadOnlyList<DataDisk>> ListAsync(CancellationToken cancel)
    {
        var disks = new List<DataDisk>();
        foreach (var device in await DevicesAsync(cancel))
        {
            disks.Add(await LookAsync(device, cancel));
        }

        return [.. disks.OrderBy(disk => disk.State).ThenBy(disk => disk.Name, StringComparer.Ordinal)];
    }

    /// <summary>Volumes of appliances, mounted or not.</summary>
    /// <exception cref="UserErrorException"><c>disks-unreadable</c>, <c>tool-missing</c>, <c>tool-failed</c></exception>
    public async Task<IReadOnlyList<(BlockDevice Volume, BlockDevice Disk)>> VolumesAsync(CancellationToken cancel)
    {
        var volumes = new List<(BlockDevice, BlockDevice)>();
        foreach (var disk in await DevicesAsync(cancel))
        {
            foreach (var device in disk.Family.Where(device => device.Children is null or []))
            {
                if ((await Content.OfAsync(device.Path, cancel)).IsOurs)
                {
                    volumes.Add((device, disk));
                }
            }
        }

        return volumes;
    }

    public static async Task<DataDisk> LookAsync(BlockDevice disk, CancellationToken cancel)
    {
        var contents = new List<(BlockDevice Device, Content Content)>();
        foreach (var device in disk.Family)
        {
            contents.Add((device, await Content.OfAsync(device.Path, cancel)));
        }

        var isBlank = disk.Children is null or [] && contents[0].Content.IsNothing && AreEdgesZero(disk);
        var state = StateOf(disk, contents, isBlank);
        return new DataDisk(disk.Path, disk.Name, disk.Model?.Trim() ?? "", disk.Serial?.Trim() ?? "", disk.Size, state, isBlank ? [] : [.. Holds(disk, contents)]);
    }

    private static DataDiskState StateOf(BlockDevice disk, List<(BlockDevice Device, Content Content)> contents, bool isBlank) =>
        contents.Any(one => IsStartMedium(disk, one.Content)) ? DataDiskState.StartMedium
        : disk.IsInUse ? DataDiskState.InUse
        : disk.IsReadOnly ? DataDiskState.ReadOnly
        : disk.Size < DataVolume.LeastSize ? DataDiskState.TooSmall
        : contents.Any(one => one.Content.IsOurs) ? DataDiskState.Ours
        : isBlank ? DataDiskState.Blank
        : DataDiskState.Full;

    // A label alone would let whoever may name a volume keep a built-in disk from being used.
    private static bool IsStartMedium(BlockDevice disk, Content content) =>
        (disk.IsRemovable || disk.Tran == "usb" || content.Type == "iso9660") && StartMedium.IsLabel(content.Label);

    private static IEnumerable<string> Holds(BlockDevice disk, List<(BlockDevice Device, Content Content)> contents)
    {
        foreach (var (device, content) in contents.Where(one => one.Device != disk || one.Content.Type is not null))
        {
            yield return $"{device.Name}: {content.Type ?? device.Type}{(content.Label is { } label ? $" \"{label}\"" : "")}, {Sizes.Of(device.Size)}";
        }

        if (disk.Children is null or [] && contents[0].Content.Type is null)
        {
            yield return contents[0].Content.Table is { } table ? $"{disk.Name}: {table}" : $"{disk.Name}: ?";
        }
    }

    private static bool AreEdgesZero(BlockDevice disk)
    {
        try
        {
            using var file = File.OpenHandle(disk.Path);
            var edge = new byte[Math.Min(EdgeBytes, disk.Size)];
            return IsZero(0) && IsZero(disk.Size - edge.Length);

            bool IsZero(long at) => RandomAccess.Read(file, edge, at) == edge.Length && !edge.AsSpan().ContainsAnyExcept((byte)0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // what cannot be read is not known to be nothing
        }
    }
}
