namespace OsDeploy.Lab.Pcs;

/// <summary>A disk of an emulated PC.</summary>
/// <param name="File">Raw image.</param>
/// <param name="Serial">What it says is its serial number.</param>
/// <param name="Model">Of QEMU: <c>virtio-blk-pci</c>, <c>nvme</c>, <c>ide-hd</c>.</param>
internal sealed record PcDisk(string File, string Serial, string Model = "virtio-blk-pci");

/// <summary>A network card of an emulated PC.</summary>
/// <param name="Mac">Its address.</param>
/// <param name="Tap">Interface in <see cref="PcParts.Namespace"/> that is its cable; null: QEMU's own network, where this computer is 10.0.2.2.</param>
/// <param name="Model">Of QEMU.</param>
/// <param name="Forward">Port of this computer that leads to one of the PC in QEMU's own network, as QEMU writes it: <c>tcp:127.0.0.1:7000-10.0.2.15:7443</c>.</param>
/// <param name="HasRom">QEMU's own boot program, which is iPXE; without it the firmware's starts from the network, as in a real PC.</param>
internal sealed record PcCard(string Mac, string? Tap = null, string Model = "virtio-net-pci", bool HasRom = false, string? Forward = null);

/// <summary>A kernel that is started without any loader.</summary>
internal sealed record PcKernel(string Kernel, string Initrd, string CommandLine);

/// <summary>What an emulated PC is made of.</summary>
internal sealed record PcParts(string Name)
{
    public PcFirmware Firmware { get; init; }

    public int Memory { get; init; } = 1024;

    public IReadOnlyList<PcDisk> Disks { get; init; } = [];

    public IReadOnlyList<PcCard> Cards { get; init; } = [];

    /// <summary>Null: the firmware decides what is started.</summary>
    public PcKernel? Kernel { get; init; }

    /// <summary>Network namespace it runs in; null: that of this program.</summary>
    public string? Namespace { get; init; }

    /// <summary>It starts again when it restarts itself; else it is off then.</summary>
    public bool Restarts { get; init; }

    public Guid Uuid { get; init; } = Guid.NewGuid();

    public string Processor { get; init; } = "max";

    /// <summary>A BIOS without a screen, which shows itself on the serial line.</summary>
    public bool IsBiosOnSerial { get; init; }

    /// <summary>UEFI that starts from the network by HTTP alone.</summary>
    public bool HasOnlyHttp { get; init; }

    /// <summary>Unix socket on which its screen can be seen by VNC; null: nobody looks.</summary>
    public string? Vnc { get; init; }

    /// <summary>It is taken for hung, and switched off, after so long.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(20);
}
