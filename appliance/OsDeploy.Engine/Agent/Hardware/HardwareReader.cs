using System.Text;
using OsDeploy.Api.Hosts;
using OsDeploy.Imaging;
using OsDeploy.Text;

namespace OsDeploy.Agent.Hardware;

/// <summary>
/// What the kernel and the firmware say of this computer. All of it is foreign text: firmware vendors and whoever flashed the board wrote
/// it. What cannot be read is left out; nothing of it stops an agent.
/// </summary>
/// <param name="root">Folder that holds <c>sys</c> and <c>proc</c>; <c>/</c> but in tests.</param>
internal sealed class HardwareReader(string root)
{
    private const int MaxInputs = 1 << 16;
    private const int MaxMacs = 32;
    private const int MaxDevices = 256;
    private const int MaxDisks = 32;
    private const int MaxPartitions = 128;

    public HardwareIdentity ReadIdentity() =>
        new(Dmi("product_uuid"), Dmi("product_serial"), Dmi("board_serial"), [.. Cards().Distinct().Take(MaxMacs)]);

    /// <param name="partitions">What is on the disks.</param>
    /// <param name="pciNames">Name of a device by its address; null: not known, its numbers stand for it.</param>
    public Inventory ReadInventory(IReadOnlyList<HostDisk> disks, IReadOnlyList<HostPartition> partitions, IReadOnlyDictionary<string, string>? pciNames)
    {
        var memory = MemoryInfo.Read("MemTotal", PathOf("proc/meminfo")) ?? 0;
        var firmware = Directory.Exists(PathOf("sys/firmware/efi")) ? "uefi" : "bios";
        var state = new FirmwareState(root);
        var devices = Board(memory).Concat(Pci(pciNames)).Concat(UsbCards()).Concat(Drives()).Concat(Monitors()).Concat(Inputs()).Concat(new UsbDevices(PathOf("sys/bus/usb/devices")).Read()).Take(MaxDevices);
        return new Inventory(
            Dmi("sys_vendor"), Dmi("product_name"), firmware, memory, [.. disks.Take(MaxDisks)], [.. devices], state.SecureBoot, state.Tpm, [.. partitions.Take(MaxPartitions)]);
    }

    // A card has a device behind it; bridges, bonds, tunnels and what a container made have none.
    private IEnumerable<MacAddress> Cards()
    {
        foreach (var folder in FoldersIn("sys/class/net").Where(folder => Path.Exists(Path.Combine(folder, "device"))))
        {
            // A card in a bond shows the bond's address as its own.
            var text = SysFile.Line(Path.Combine(folder, "bonding_slave/perm_hwaddr")) ?? SysFile.Line(Path.Combine(folder, "address"));
            if (MacAddress.TryParse(text, out var address))
            {
                yield return address;
            }
        }
    }

    private IEnumerable<Device> Board(long memory)
    {
        var bios = string.Join(' ', new[] { Dmi("bios_vendor"), Dmi("bios_version"), Dmi("bios_date") }.Where(part => part is not null));
        if (bios.Length > 0)
        {
            yield return new Device("bios", bios);
        }

        if (Processor() is { } processor)
        {
            yield return new Device("cpu", processor);
        }

        if (memory > 0)
        {
            yield return new Device("memory", Sizes.Of(memory));
        }
    }

    private string? Processor()
    {
        const string Field = "model name";
        var path = PathOf("proc/cpuinfo");
        var line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) : null;
        return PresentDisk.TextOf(line?[Field.Length..].TrimStart(' ', '\t', ':'));
    }

    private IEnumerable<Device> Pci(IReadOnlyDictionary<string, string>? names)
    {
        foreach (var folder in FoldersIn("sys/bus/pci/devices"))
        {
            if (KindOf(SysFile.Line(Path.Combine(folder, "class"))) is { } kind)
            {
                var numbers = $"{SysFile.Line(Path.Combine(folder, "vendor"))}:{SysFile.Line(Path.Combine(folder, "device"))}";
                yield return new Device(kind, PresentDisk.TextOf(names?.GetValueOrDefault(Path.GetFileName(folder))) ?? PresentDisk.TextOf(numbers)!);
            }
        }
    }

    private IEnumerable<Device> Drives() => FoldersIn("sys/class/block")
        .Where(folder => Path.GetFileName(folder).StartsWith("sr", StringComparison.Ordinal))
        .Select(folder => new Device("cdrom", PresentDisk.TextOf(SysFile.Line(Path.Combine(folder, "device/model"))) ?? "optical drive"));

    // Monitors are known where a driver of their card runs, which the client image has for few.
    private IEnumerable<Device> Monitors() => FoldersIn("sys/class/drm")
        .Select(folder => PresentDisk.TextOf(Edid.Describe(SysFile.Bytes(Path.Combine(folder, "edid")) ?? [])))
        .OfType<string>()
        .Select(name => new Device("monitor", name));

    // Cards in the computer are among its PCI devices.
    private IEnumerable<Device> UsbCards() => FoldersIn("sys/class/net")
        .Select(folder => Path.Combine(folder, "device"))
        .Where(device => SysFile.Line(Path.Combine(device, "bInterfaceClass")) is not null)
        .Select(device => (Directory.ResolveLinkTarget(device, returnFinalTarget: true) ?? new DirectoryInfo(device)).FullName)
        .Select(device => new Device("network", "USB " + UsbDevices.NameOf(Path.GetDirectoryName(device)!)));

    private IReadOnlyList<Device> Inputs()
    {
        var buffer = new byte[MaxInputs];
        try
        {
            using var file = File.OpenRead(PathOf("proc/bus/input/devices"));
            return InputDevices.Parse(Encoding.UTF8.GetString(buffer, 0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Base class and subclass of the PCI Code and ID Assignment Specification, section 1.
    private static string? KindOf(string? code) => code is not { Length: >= 6 } ? null : code[2..4] switch
    {
        "01" => "storage",
        "02" => "network",
        "03" => "graphics",
        "04" when code[4..6] is "01" or "03" => "sound",
        _ => null,
    };

    private string? Dmi(string name) => PresentDisk.TextOf(SysFile.Line(PathOf("sys/class/dmi/id/" + name)));

    private string PathOf(string path) => Path.Combine(root, path);

    private IEnumerable<string> FoldersIn(string path) => Directory.Exists(PathOf(path))
        ? Directory.EnumerateDirectories(PathOf(path)).Order(StringComparer.Ordinal)
        : [];
}
