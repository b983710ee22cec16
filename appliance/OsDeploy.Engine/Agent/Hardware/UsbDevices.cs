using OsDeploy.Api.Hosts;

namespace OsDeploy.Agent.Hardware;

/// <summary>Devices at USB that an inventory names, by the class of their interfaces (usb.org, "Defined Class Codes").</summary>
/// <param name="folder"><c>/sys/bus/usb/devices</c> but in tests.</param>
internal sealed class UsbDevices(string folder)
{
    /// <summary>Each device once per kind, whatever interfaces it has.</summary>
    public IReadOnlyList<Device> Read() => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateDirectories(folder, "*:*").Order(StringComparer.Ordinal)
            .Select(part => (Device: Path.GetFileName(part).Split(':')[0], Kind: KindOf(SysFile.Line(Path.Combine(part, "bInterfaceClass")), SysFile.Line(Path.Combine(part, "bInterfaceSubClass")))))
            .Where(found => found.Kind is not null)
            .Distinct()
            .Select(found => new Device(found.Kind!, NameOf(Path.Combine(folder, found.Device)))),
    ];

    private static string? KindOf(string? code, string? subclass) => code switch
    {
        "01" when subclass == "01" => "sound",
        "07" => "printer",
        "0b" => "chipcard",
        _ => null,
    };

    /// <param name="device">Folder of a device, not of one of its interfaces.</param>
    public static string NameOf(string device)
    {
        return PresentDisk.TextOf($"{SysFile.Line(Path.Combine(device, "manufacturer"))} {SysFile.Line(Path.Combine(device, "product"))}".Trim())
            ?? $"{PresentDisk.TextOf(SysFile.Line(Path.Combine(device, "idVendor"))) ?? "?"}:{PresentDisk.TextOf(SysFile.Line(Path.Combine(device, "idProduct"))) ?? "?"}";
    }
}
