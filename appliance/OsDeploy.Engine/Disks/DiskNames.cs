using System.Text;

namespace OsDeploy.Disks;

/// <summary>
/// Serial number and WWN of a disk from the kernel itself. Where udev runs lsblk asks it for both; a computer that was started by the network
/// has no udev, and disks without a name are nobody's target.
/// </summary>
/// <param name="folder"><c>/sys/class/block</c> but in tests.</param>
internal sealed class DiskNames(string folder)
{
    private const int PageHeader = 4;
    private const int MaxFile = 512;

    public static DiskNames OfKernel { get; } = new("/sys/class/block");

    /// <param name="disk">Kernel name, such as <c>sda</c>.</param>
    public string? Serial(string disk) => Text(disk, "serial") ?? Text(disk, "device/serial") ?? UnitSerial(disk);

    /// <summary>As udev writes it: a name of IEEE in hexadecimal digits, one of NVMe as the kernel says it.</summary>
    public string? Wwn(string disk)
    {
        const string Naa = "naa.";
        return (Text(disk, "wwid") ?? Text(disk, "device/wwid")) switch
        {
            { } name when name.StartsWith(Naa, StringComparison.Ordinal) => "0x" + name[Naa.Length..],
            { } name when name.StartsWith("eui.", StringComparison.Ordinal) || name.StartsWith("nvme.", StringComparison.Ordinal) => name,
            _ => null, // "t10." repeats model and serial number
        };
    }

    // SCSI Primary Commands 4, section 7.8.17: unit serial number page.
    private string? UnitSerial(string disk) => Read(disk, "device/vpd_pg80") is { Length: > PageHeader } page
        ? Clean(Encoding.ASCII.GetString(page, PageHeader, Math.Min(page[PageHeader - 1], page.Length - PageHeader)))
        : null;

    private string? Text(string disk, string file) => Read(disk, file) is { } bytes ? Clean(Encoding.UTF8.GetString(bytes)) : null;

    private static string? Clean(string text) => text.Trim().Trim('\0').Trim() is { Length: > 0 } clean ? clean : null;

    private byte[]? Read(string disk, string file)
    {
        var buffer = new byte[MaxFile];
        try
        {
            using var handle = File.OpenHandle(Path.Combine(folder, disk, file));
            return buffer[..RandomAccess.Read(handle, buffer, 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
