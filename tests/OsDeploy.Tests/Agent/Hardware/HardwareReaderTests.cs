using System.Text.Json;
using OsDeploy.Agent;
using OsDeploy.Agent.Hardware;
using OsDeploy.Api;
using Xunit;

namespace OsDeploy.Tests.Agent.Hardware;

public sealed class HardwareReaderTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    [Fact]
    public void A_computer_says_who_it_is_and_what_is_in_it()
    {
        WritePc();

        var identity = Reader().ReadIdentity();
        var inventory = Reader().ReadInventory([], [], new Dictionary<string, string> { ["0000:00:02.0"] = "Intel UHD Graphics" });

        Assert.Equal(("4C4C4544-0042", "PC-SERIAL", "BOARD-SERIAL"), (identity.SystemUuid, identity.SystemSerial, identity.BoardSerial));
        Assert.Equal(["02:00:00:00:00:01", "02:00:00:00:00:09"], identity.Macs.Select(mac => mac.ToString()));
        Assert.Equal(("Dell Inc.", "OptiPlex", "uefi", 8L << 30), (inventory.Vendor, inventory.Model, inventory.Firmware, inventory.MemoryBytes));
        Assert.Equal(
            ["bios: Dell 1.2.3", "cpu: Intel(R) Core(TM) i5", "memory: 8.00 GiB", "graphics: Intel UHD Graphics", "storage: 0x8086:0x1234", "sound: 0x8086:0x1234", "network: USB Realtek Dock", "cdrom: DVD-RAM", "monitor: DEL DELL U2415 1920x1200 serial XKV01 2016", "keyboard: Dell KB216", "mouse: Logitech M90", "printer: HP LaserJet", "chipcard: 076b:3031"],
            inventory.Devices.Select(device => $"{device.Kind}: {device.Name}"));
    }

    [Fact]
    public void A_computer_that_says_nothing_is_still_a_computer()
    {
        var (identity, inventory) = (Reader().ReadIdentity(), Reader().ReadInventory([], [], null));

        Assert.Equal((null, null, null), (identity.SystemUuid, identity.SystemSerial, identity.BoardSerial));
        Assert.Empty(identity.Macs);
        Assert.Equal(("bios", 0), (inventory.Firmware, inventory.MemoryBytes));
        Assert.Empty(inventory.Devices);
    }

    [Theory]
    [InlineData(new byte[] { 6, 0, 0, 0, 1 }, new byte[] { 6, 0, 0, 0, 0 }, "on")]
    [InlineData(new byte[] { 6, 0, 0, 0, 0 }, new byte[] { 6, 0, 0, 0, 0 }, "off")]
    [InlineData(new byte[] { 6, 0, 0, 0, 0 }, new byte[] { 6, 0, 0, 0, 1 }, "setup")]
    [InlineData(new byte[] { 6, 0, 0, 0, 0 }, null, "off")]
    [InlineData(new byte[] { 6, 0, 0, 0 }, new byte[] { 6, 0, 0, 0, 1 }, null)]
    [InlineData(null, null, null)]
    public void Secure_Boot_is_what_the_firmware_says(byte[]? secureBoot, byte[]? setupMode, string? state)
    {
        foreach (var (name, bytes) in new[] { ("SecureBoot", secureBoot), ("SetupMode", setupMode) }.Where(value => value.Item2 is not null))
        {
            Write($"sys/firmware/efi/efivars/{name}-8be4df61-93ca-11d2-aa0d-00e098032b8c", bytes!);
        }

        Assert.Equal(state, Reader().ReadInventory([], [], null).SecureBoot);
    }

    [Theory]
    [InlineData("2\n", "2.0")]
    [InlineData("1\n", "1.2")]
    [InlineData("7\n", null)]
    [InlineData("", null)]
    public void A_TPM_has_a_version(string said, string? version)
    {
        Write("sys/class/tpm/tpm0/tpm_version_major", said);
        Assert.Equal(version, Reader().ReadInventory([], [], null).Tpm);
    }

    [Fact]
    public void An_inventory_of_an_earlier_version_is_still_read()
    {
        var inventory = JsonSerializer.Deserialize("""{"vendor":"V","model":"M","firmware":"uefi","memoryBytes":1,"disks":[],"devices":[{"kind":"cpu","name":"C"}]}""", ApiJson.Default.Inventory)!;
        Assert.Equal(("V", null, null, null), (inventory.Vendor, inventory.SecureBoot, inventory.Tpm, inventory.Partitions));
    }

    [Fact]
    public void Hostile_firmware_is_cut_and_cannot_move_a_cursor() => Seeded.Cases(200, random =>
    {
        foreach (var name in new[] { "product_uuid", "product_serial", "board_serial", "sys_vendor", "product_name", "bios_vendor" })
        {
            var bytes = new byte[random.Next(10_000)];
            random.NextBytes(bytes);
            Write("sys/class/dmi/id/" + name, bytes);
        }

        var (identity, inventory) = (Reader().ReadIdentity(), Reader().ReadInventory([], [], null));
        string?[] texts = [identity.SystemUuid, identity.SystemSerial, identity.BoardSerial, inventory.Vendor, inventory.Model, .. inventory.Devices.Select(device => device.Name)];
        Assert.All(texts.Where(text => text is not null), text =>
        {
            Assert.InRange(text!.Length, 1, 300);
            Assert.DoesNotContain(text, char.IsControl);
        });
    });

    [Fact]
    public void A_computer_with_a_thousand_cards_and_devices_names_some()
    {
        for (var i = 0; i < 1000; i++)
        {
            Write($"sys/class/net/e{i}/address", $"02:00:00:00:{i / 256:x2}:{i % 256:x2}");
            Directory.CreateDirectory(_root[$"sys/class/net/e{i}/device"]);
            Write($"sys/bus/pci/devices/{i}/class", "0x020000");
        }

        Assert.Equal(32, Reader().ReadIdentity().Macs.Count);
        Assert.Equal(256, Reader().ReadInventory([], [], null).Devices.Count);
    }

    [Theory]
    [InlineData("0000:00:03.0 \"Ethernet controller\" \"Red Hat, Inc.\" \"Virtio \\\"1.0\\\" network device\" -r01 -p00 \"Red Hat, Inc.\" \"x\"", "0000:00:03.0", "Red Hat, Inc. Virtio \"1.0\" network device")]
    [InlineData("01:00.0 \"VGA compatible controller\" \"NVIDIA\" \"GT 710\"", "01:00.0", "NVIDIA GT 710")]
    [InlineData("lspci: cannot open", null, null)]
    [InlineData("01:00.0 \"VGA", null, null)]
    public void Names_of_devices_are_read_as_lspci_writes_them(string line, string? address, string? name)
    {
        var names = PciNames.Parse("\n" + line + "\n");
        Assert.Equal(address is null ? [] : [KeyValuePair.Create(address, name!)], names);
    }

    [Fact]
    public void A_test_computer_is_described_in_JSON_and_nonsense_is_none()
    {
        var lab = LabIdentity.TryParse("""{"macs":["02:00:00:00:00:07"],"systemUuid":"u","firmware":"bios"}"""u8);

        Assert.Equal(("02:00:00:00:00:07", "u", "bios", 4L << 30), (lab!.Macs.Single().ToString(), lab.SystemUuid, lab.Firmware, lab.MemoryBytes));
        Assert.Null(LabIdentity.TryParse("{}"u8));
        Assert.Null(LabIdentity.TryParse("""{"macs":["ff:ff:ff:ff:ff:ff"]}"""u8));
        Assert.Null(LabIdentity.TryParse("[1"u8));
    }

    public void Dispose() => _root.Dispose();

    private HardwareReader Reader() => new(_root.Path);

    private void WritePc()
    {
        Write("sys/class/dmi/id/product_uuid", "4C4C4544-0042\n");
        Write("sys/class/dmi/id/product_serial", "PC-SERIAL\n");
        Write("sys/class/dmi/id/board_serial", " BOARD-SERIAL \n");
        Write("sys/class/dmi/id/sys_vendor", "Dell Inc.\n");
        Write("sys/class/dmi/id/product_name", "OptiPlex\n");
        Write("sys/class/dmi/id/bios_vendor", "Dell\n");
        Write("sys/class/dmi/id/bios_version", "1.2.3\n");
        Directory.CreateDirectory(_root["sys/firmware/efi"]);
        Write("proc/cpuinfo", "processor\t: 0\nmodel name\t: Intel(R) Core(TM) i5\nmodel name\t: again\n");
        Write("proc/meminfo", "MemTotal:        8388608 kB\n");
        WriteCard("eth0", "02:00:00:00:00:01", isPhysical: true);
        WriteCard("docker0", "02:00:00:00:00:02", isPhysical: false);
        WriteCard("eth1", "02:00:00:00:00:01", isPhysical: true);
        Write("sys/class/net/eth1/bonding_slave/perm_hwaddr", "02:00:00:00:00:09\n");
        WriteDevice("0000:00:02.0", "0x030000");
        WriteDevice("0000:00:17.0", "0x010601");
        WriteDevice("0000:00:1f.3", "0x040300");
        WriteDevice("0000:00:1f.4", "0x0c0500");
        Write("sys/class/block/sr0/device/model", "DVD-RAM \n");
        Write("sys/class/drm/card0-DP-1/edid", EdidTests.Monitor());
        Directory.CreateDirectory(_root["sys/class/drm/card0-HDMI-A-1"]);
        Write("sys/class/drm/card0-HDMI-A-1/edid", "");
        Write("proc/bus/input/devices", InputDevicesTests.Sample);
        Write("sys/bus/usb/devices/1-2/manufacturer", "HP\n");
        Write("sys/bus/usb/devices/1-2/product", "LaserJet\n");
        Write("sys/bus/usb/devices/1-2:1.0/bInterfaceClass", "07\n");
        Write("sys/bus/usb/devices/1-2:1.1/bInterfaceClass", "07\n");
        Write("sys/bus/usb/devices/1-2:1.2/bInterfaceClass", "08\n");
        Write("sys/bus/usb/devices/2-1.4/idVendor", "076b\n");
        Write("sys/bus/usb/devices/2-1.4/idProduct", "3031\n");
        Write("sys/bus/usb/devices/2-1.4:1.0/bInterfaceClass", "0b\n");
        Write("sys/bus/usb/devices/3-1/manufacturer", "Realtek\n");
        Write("sys/bus/usb/devices/3-1/product", "Dock\n");
        Write("sys/bus/usb/devices/3-1/3-1:1.0/bInterfaceClass", "ff\n");
        Directory.CreateDirectory(_root["sys/class/net/eth2"]);
        Directory.CreateSymbolicLink(_root["sys/class/net/eth2/device"], "../../../bus/usb/devices/3-1/3-1:1.0");
    }

    private void WriteCard(string name, string mac, bool isPhysical)
    {
        Write($"sys/class/net/{name}/address", mac + "\n");
        if (isPhysical)
        {
            Directory.CreateDirectory(_root[$"sys/class/net/{name}/device"]);
        }
    }

    private void WriteDevice(string address, string code)
    {
        Write($"sys/bus/pci/devices/{address}/class", code + "\n");
        Write($"sys/bus/pci/devices/{address}/vendor", "0x8086\n");
        Write($"sys/bus/pci/devices/{address}/device", "0x1234\n");
    }

    private void Write(string path, string content) => Write(path, System.Text.Encoding.UTF8.GetBytes(content));

    private void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[path])!);
        File.WriteAllBytes(_root[path], content);
    }
}
