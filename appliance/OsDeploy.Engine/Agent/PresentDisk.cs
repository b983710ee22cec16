using OsDeploy.Api.Hosts;
using OsDeploy.Disks;
using OsDeploy.Text;

namespace OsDeploy.Agent;

/// <summary>A disk of this computer, as the server is told of it, and where it is right now.</summary>
public sealed record PresentDisk(HostDisk Disk, string Path)
{
    private const int MaxText = 128;

    internal static PresentDisk Of(DiskIdentity disk) => new(
        new HostDisk(
            TextOf(System.IO.Path.GetFileName(disk.Path)) ?? "",
            TextOf(disk.Model),
            TextOf(disk.Serial),
            TextOf(disk.Wwn),
            TextOf(disk.Transport),
            disk.Size,
            disk.SectorSize,
            disk.IsRemovable),
        disk.Path);

    /// <summary>Text that firmware or hardware gave; null if nothing is left of it.</summary>
    internal static string? TextOf(string? text) => Printable.Of(text, MaxText) is { Length: > 0 } clean ? clean : null;
}
