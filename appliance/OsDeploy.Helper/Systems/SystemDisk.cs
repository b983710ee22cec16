using System.Globalization;
using OsDeploy.Helper.Storage;
using OsDeploy.SetUp;

namespace OsDeploy.Helper.Systems;

/// <summary>Where what lies on a disk that the appliance was installed on: the same on every one.</summary>
/// <param name="path">Device node of the disk.</param>
internal sealed class SystemDisk(string path)
{
    public const string SlotA = "a";
    public const string SlotB = "b";

    /// <summary>Bytes from the start of the disk: GRUB for a BIOS, which its first sector finds by that number.</summary>
    public const long BiosStart = 1 << 20;

    public const int BiosSize = 1 << 20;

    public const long EfiSize = 256L << 20;

    private const long SlotSize = 1L << 30;

    private const long MiB = 1 << 20;

    // What a GPT has at both ends, and what is lost to alignment.
    private const long Edges = 4 << 20;

    // UEFI, "EFI Partition Entry"; GRUB manual, "BIOS installation"; UAPI "Discoverable Partitions".
    private const string BiosType = "21686148-6449-6E6F-744E-656564454649";
    private const string EfiType = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";
    private const string LinuxType = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";

    public string Path { get; } = path;

    public string Bios => Partition(1);

    public string Efi => Partition(2);

    public string Data => Partition(5);

    /// <param name="slot">One of the two.</param>
    public string Slot(string slot) => Partition(NumberOf(slot));

    public static string OtherThan(string slot) => slot == SlotA ? SlotB : SlotA;

    public static bool IsSlot(string? slot) => slot is SlotA or SlotB;

    public static int NumberOf(string slot) => slot switch
    {
        SlotA => 3,
        SlotB => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(slot), slot, "no such place"),
    };

    /// <summary>Bytes of the smallest disk.</summary>
    public static long LeastSize(bool hasData) => Edges + BiosSize + EfiSize + (2 * SlotSize) + (hasData ? DataVolume.LeastSize : 0);

    /// <summary>For sfdisk.</summary>
    /// <param name="hasData">The rest of it becomes the appliance's volume.</param>
    public static string TableOf(bool hasData) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        label: gpt

        start={BiosStart / MiB}MiB, size={BiosSize / MiB}MiB, type={BiosType}, name="osdeploy-bios"
        size={EfiSize / MiB}MiB, type={EfiType}, name="osdeploy-efi"
        size={SlotSize / MiB}MiB, type={LinuxType}, name="osdeploy-a"
        size={SlotSize / MiB}MiB, type={LinuxType}, name="osdeploy-b"
        {(hasData ? $"type={LinuxType}, name=\"osdeploy-data\"\n" : "")}
        """);

    private string Partition(int number) => BlockDevice.PartitionPath(Path, number);
}
