using System.Globalization;
using OsDeploy.Lab.Disks;
using OsDeploy.Lab.Pcs;

namespace OsDeploy.Lab.Rooms;

/// <summary>A PC of the classroom, on or off. It starts from the network first; its disk and what its firmware remembers stay when it is off.</summary>
internal sealed class LabPc(int number, PcFirmware firmware, string folder, string network) : IAsyncDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    private QemuPc? _running;

    public int Number => number;

    public PcFirmware Firmware => firmware;

    public string Mac => string.Create(CultureInfo.InvariantCulture, $"02:00:00:00:00:{number:x2}");

    /// <summary>The interface that is its cable.</summary>
    public string Tap => TapOf(number);

    public string DiskFile => Path.Combine(folder, Name + ".img");

    public bool IsOn => _running is { IsOff: false };

    public string Screen => Path.Combine(folder, Name + ".vnc");

    private string Name => string.Create(CultureInfo.InvariantCulture, $"pc{number}");

    public static string TapOf(int number) => string.Create(CultureInfo.InvariantCulture, $"osdtap{number}");

    /// <param name="change">Makes another PC of it, for this time.</param>
    /// <exception cref="UserErrorException"><c>lab-pc-on</c></exception>
    public QemuPc SwitchOn(Func<PcParts, PcParts>? change = null)
    {
        if (IsOn)
        {
            throw LabErrors.PcIsOn(number);
        }

        var parts = new PcParts(Name)
        {
            Firmware = firmware,
            Namespace = network,
            Cards = [new PcCard(Mac, Tap, HasRom: firmware == PcFirmware.Bios)],
            Disks = [new PcDisk(DiskFile, string.Create(CultureInfo.InvariantCulture, $"DISK{number}"))],
            Uuid = new Guid(string.Create(CultureInfo.InvariantCulture, $"4c4c4544-0000-0000-0000-{number:D12}")),
            Vnc = Screen,
            IsBiosOnSerial = true,
            Restarts = true,
            Longest = s_longest,
        };
        _running = QemuPc.SwitchOn(folder, change?.Invoke(parts) ?? parts);
        return _running;
    }

    /// <exception cref="UserErrorException"><c>lab-pc-off</c></exception>
    public QemuPc On() => _running is { IsOff: false } ? _running : throw LabErrors.PcIsOff(number);

    /// <summary>Pulls the plug.</summary>
    public async Task SwitchOffAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
            _running = null;
        }
    }

    /// <summary>Puts in a disk with nothing on it.</summary>
    /// <exception cref="UserErrorException"><c>lab-pc-on</c></exception>
    public async Task PutEmptyDiskAsync()
    {
        RequireOff();
        await StartableDisk.EmptyAsync(DiskFile);
    }

    /// <summary>Puts in a disk with a small Linux and a partition as Windows has them.</summary>
    /// <param name="client">Folder of a client build.</param>
    /// <exception cref="UserErrorException"><c>lab-pc-on</c></exception>
    public async Task PutMasterDiskAsync(string client, CancellationToken cancel)
    {
        RequireOff();
        await StartableDisk.CreateAsync(DiskFile, client, "master", cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }
    }

    private void RequireOff()
    {
        if (IsOn)
        {
            throw LabErrors.PcIsOn(number);
        }
    }
}
