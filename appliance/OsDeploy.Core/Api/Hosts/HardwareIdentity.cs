using OsDeploy.Text;

namespace OsDeploy.Api.Hosts;

/// <summary>
/// What a computer says it is. None of it is proof; together it tells hosts apart. Values that many computers share ("To be filled
/// by O.E.M.") are kept as they came and count for nothing.
/// </summary>
/// <param name="SystemUuid">SMBIOS type 1, as <c>/sys/class/dmi/id/product_uuid</c> gives it.</param>
/// <param name="SystemSerial">SMBIOS type 1.</param>
/// <param name="BoardSerial">SMBIOS type 2.</param>
/// <param name="Macs">Every network card, docks and adapters too.</param>
public sealed record HardwareIdentity(string? SystemUuid, string? SystemSerial, string? BoardSerial, IReadOnlyList<MacAddress> Macs)
{
    public static HardwareIdentity OfMac(MacAddress mac) => new(null, null, null, [mac]);
}

/// <param name="Name">Kernel name, for people; it changes from start to start.</param>
/// <param name="Size">Bytes.</param>
/// <param name="SectorSize">Logical sector size in bytes.</param>
public sealed record HostDisk(string Name, string? Model, string? Serial, string? Wwn, string? Transport, long Size, int SectorSize, bool IsRemovable);

/// <param name="Disk">Name of the disk it is on (<see cref="HostDisk.Name"/>).</param>
/// <param name="Size">Bytes.</param>
public sealed record HostPartition(string Disk, int Number, long Size, string? FileSystem, string? Label);

/// <param name="Kind">cpu, memory, graphics, network, storage, sound, monitor, cdrom, keyboard, mouse, printer, chipcard, bios.</param>
public sealed record Device(string Kind, string Name);

/// <summary>What is in a computer.</summary>
/// <param name="Firmware"><c>uefi</c> or <c>bios</c>: how it was started this time.</param>
/// <param name="MemoryBytes">As the kernel sees it.</param>
/// <param name="SecureBoot"><c>on</c>, <c>off</c>, or <c>setup</c>: off until somebody enrols keys; null: the firmware does not say.</param>
/// <param name="Tpm">Version of its TPM; null: it has none that is known.</param>
/// <param name="Partitions">Null: an agent of an earlier version did not say.</param>
public sealed record Inventory(
    string? Vendor,
    string? Model,
    string Firmware,
    long MemoryBytes,
    IReadOnlyList<HostDisk> Disks,
    IReadOnlyList<Device> Devices,
    string? SecureBoot = null,
    string? Tpm = null,
    IReadOnlyList<HostPartition>? Partitions = null);
