using OsDeploy.Api.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>Takes what a stranger says about a computer down to what can be stored and shown.</summary>
internal static class HardwareLimits
{
    public const int MaxText = 128;
    public const int MaxMacs = 32;
    public const int MaxDisks = 32;
    public const int MaxDevices = 256;
    public const int MaxPartitions = 128;

    public static HardwareIdentity Of(HardwareIdentity said) => new(
        Text(said.SystemUuid), Text(said.SystemSerial), Text(said.BoardSerial), [.. said.Macs.Where(mac => mac != default).Distinct().Take(MaxMacs)]);

    public static Inventory Of(Inventory said) => new(
        Text(said.Vendor),
        Text(said.Model),
        Text(said.Firmware) ?? "",
        Math.Max(0, said.MemoryBytes),
        [.. said.Disks.OfType<HostDisk>().Take(MaxDisks).Select(Of)],
        [.. said.Devices.OfType<Device>().Take(MaxDevices).Select(device => new Device(Text(device.Kind) ?? "", Text(device.Name) ?? ""))],
        Text(said.SecureBoot),
        Text(said.Tpm),
        said.Partitions is null ? null : [.. said.Partitions.OfType<HostPartition>().Take(MaxPartitions).Select(Of)]);

    private static HostDisk Of(HostDisk said) => said with
    {
        Name = Text(said.Name) ?? "",
        Model = Text(said.Model),
        Serial = Text(said.Serial),
        Wwn = Text(said.Wwn),
        Transport = Text(said.Transport),
        Size = Math.Max(0, said.Size),
        SectorSize = Math.Max(0, said.SectorSize),
    };

    private static HostPartition Of(HostPartition said) => new(
        Text(said.Disk) ?? "", Math.Max(0, said.Number), Math.Max(0, said.Size), Text(said.FileSystem), Text(said.Label));

    // One less: what is cut gets a sign that it was.
    private static string? Text(string? said) => Printable.Of(said, MaxText - 1) is { Length: > 0 } text ? text : null;
}
