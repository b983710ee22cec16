using System.Globalization;
using OsDeploy.Api.Hosts;
using OsDeploy.Boot;
using OsDeploy.Disks;

namespace OsDeploy.Agent.Firmware;

/// <summary>A system on a disk that was restored, as the firmware is told of it.</summary>
/// <param name="Disk">Device node of the disk.</param>
/// <param name="Name">What tells the disk from others, in letters every firmware has.</param>
/// <param name="Partition">Number of its EFI partition.</param>
/// <param name="Place">That partition as a device path begins with it, GPT only; null: not known.</param>
/// <param name="Loader">Path on that partition, with slashes.</param>
internal sealed record RestoredSystem(string Disk, string Name, int Partition, string? Place, string Loader)
{
    private const string Ours = "osdeploy ";
    private const string Nameless = "disk";
    private const int MaxName = 24;

    /// <summary>What a person reads in the firmware's menu. Its beginning says that the entry is ours, and which disk it is for.</summary>
    public string Label => LabelStart + SystemOf(Loader);

    /// <summary>With backslashes, as firmware writes paths.</summary>
    public string FirmwareLoader => Loader.Replace('/', '\\');

    private string LabelStart => $"{Ours}{Name}: ";

    public static RestoredSystem Of(HostDisk disk, string path, int sectorSize, PartitionLayout partition, string loader) => new(
        path,
        NameOf(disk),
        partition.Number,
        Guid.TryParse(partition.Uuid, out var guid)
            ? string.Create(CultureInfo.InvariantCulture, $"HD({partition.Number},GPT,{guid},0x{partition.Offset / sectorSize:x},0x{partition.Length / sectorSize:x})/")
            : null,
        loader);

    /// <summary>The entry of an earlier restore, of this system or of another that was on the disk.</summary>
    public bool IsOurs(BootEntry entry) => entry.Label.StartsWith(LabelStart, StringComparison.Ordinal) && (Name != Nameless || IsOnThis(entry));

    /// <summary>Such an entry that starts this very system.</summary>
    public bool IsThis(BootEntry entry) =>
        entry.IsActive
        && entry.Label == Label
        && Place is not null
        && new[] { $"{Place}{FirmwareLoader}", $"{Place}File({FirmwareLoader})" }.Contains(entry.Path, StringComparer.OrdinalIgnoreCase);

    // Disks that do not say which they are have the same name.
    private bool IsOnThis(BootEntry entry) => Place is not null && entry.Path.StartsWith(Place, StringComparison.OrdinalIgnoreCase);

    private static string SystemOf(string loader) => loader switch
    {
        EfiLoaders.Windows => "Windows",
        EfiLoaders.Fallback => "system",
        _ => loader.Split('/')[2],
    };

    private static string NameOf(HostDisk disk)
    {
        var letters = (disk.Serial ?? disk.Wwn ?? "").Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.').Take(MaxName).ToArray();
        return letters.Length > 0 ? new string(letters) : Nameless;
    }
}
