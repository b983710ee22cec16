using OsDeploy.Disks;
using OsDeploy.Personalisation;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Windows;

/// <summary>Looks into the partitions of a disk for a Windows that is not fit to become an image.</summary>
internal static class CaptureLook
{
    /// <summary>The partition is mounted for reading meanwhile, by its place on the disk.</summary>
    /// <param name="disk">1 is the first disk of the image.</param>
    public static async Task<IReadOnlyList<CaptureFinding>> FindAsync(DiskLayout layout, int disk, PartitionLayout partition, PlannedSystem? plan, CancellationToken cancel)
    {
        // Windows 2000 and XP may lie on FAT; a FAT of which nobody says so is one for starting, or data.
        if (partition.FileSystem != "ntfs" && !(partition.FileSystem == "vfat" && plan is { Os: OperatingSystem.Win2K or OperatingSystem.WinXP }))
        {
            return [];
        }

        var name = $"partition {Volume.NameOf(disk, partition.Number)}";
        var folder = Directory.CreateTempSubdirectory("osdeploy-look-");
        try
        {
            var place = new PersonalPlace(name, partition.Offset, partition.Length, partition.FileSystem);
            await using var volume = await Volume.MountAsync(layout.Disk, place, isReadOnly: true, folder.FullName, cancel);
            return new CaptureProof(volume.Tree, name, plan).Find();
        }
        catch (UserErrorException e) when (e.Code is "personal-mount" or "tool-missing")
        {
            return [new CaptureFinding(WindowsErrors.NotLookedInto(name, e.Message), IsRefusal: false)];
        }
        finally
        {
            folder.Delete();
        }
    }
}
