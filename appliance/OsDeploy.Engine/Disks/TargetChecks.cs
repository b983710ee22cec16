using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>Why a disk must not be overwritten with an image. Nothing is written anywhere before this list is empty.</summary>
public static class TargetChecks
{
    private const string FirmwareFolder = "/sys/firmware/efi";

    /// <param name="imageFirmware"><c>uefi</c>, <c>bios</c> or <c>any</c>.</param>
    /// <param name="computerFirmware">Of the computer that will start from the disk; does not matter for an image file.</param>
    public static IReadOnlyList<UserErrorException> Find(
        DiskIdentity target,
        DiskRecord image,
        string imageFirmware,
        string computerFirmware,
        bool allowRemovable,
        bool allowOtherFirmware)
    {
        var found = FindForAnyWrite(target, allowRemovable).ToList();
        if (target.IsBlockDevice && !allowOtherFirmware && imageFirmware != "any" && imageFirmware != computerFirmware)
        {
            found.Add(DiskErrors.OtherFirmware(computerFirmware, imageFirmware));
        }

        if (FindMisfit(target, image) is { } misfit)
        {
            found.Add(misfit);
        }

        return found;
    }

    /// <summary>Why a disk must not be written at all, whatever is to be written.</summary>
    public static IReadOnlyList<UserErrorException> FindForAnyWrite(DiskIdentity target, bool allowRemovable)
    {
        var found = new List<UserErrorException>();
        if (target.InUse.Count > 0)
        {
            found.Add(DiskErrors.InUse(target));
        }

        if (target.IsReadOnly)
        {
            found.Add(DiskErrors.IsReadOnly(target));
        }

        if (target.IsRemovable && !allowRemovable)
        {
            found.Add(DiskErrors.IsRemovable(target));
        }

        return found;
    }

    /// <summary>How this computer was started: <c>uefi</c> or <c>bios</c>.</summary>
    public static string ComputerFirmware() => Directory.Exists(FirmwareFolder) ? "uefi" : "bios";

    private static UserErrorException? FindMisfit(DiskIdentity target, DiskRecord image)
    {
        try
        {
            _ = LayoutPlan.For(image, target.Size, target.SectorSize);
            return null;
        }
        catch (UserErrorException e)
        {
            return e;
        }
    }
}
