using System.Net.Sockets;
using System.Text;

namespace OsDeploy.Lab.Pcs;

/// <summary>
/// An emulated PC that is on until it is disposed. Its serial line is read from the first byte on; emulation in software needs no rights and is
/// the same everywhere.
/// </summary>
internal sealed class QemuPc : IAsyncDisposable
{
    private const string Firmwares = "/usr/share/OVMF/";
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _off = new();
    private readonly string _folder;
    private readonly Task<CommandResult> _running;

    private QemuPc(string folder, PcParts parts)
    {
        (_folder, Parts) = (folder, parts);
        var words = WordsFor(parts).ToArray();
        _running = (parts.Namespace is { } name ? new Command("ip", ["netns", "exec", name, "qemu-system-x86_64", .. words]) : new Command("qemu-system-x86_64", words))
            .WithDeadline(parts.Longest).WithOwnSession().Accepting(_ => true).RunAsync(_off.Token);
    }

    public PcParts Parts { get; }

    /// <summary>All that has come over the serial line.</summary>
    public string Serial => File.Exists(SerialLog) ? ReadShared(SerialLog) : "";

    public bool IsOff => _running.IsCompleted;

    /// <summary>Where somebody, one at a time, can use its serial line.</summary>
    public string SerialSocket => Path.Combine(_folder, Parts.Name + ".tty");

    /// <summary>What has come over its serial line, as a file.</summary>
    public string SerialLog => Path.Combine(_folder, Parts.Name + ".serial");

    private string MonitorSocket => Path.Combine(_folder, Parts.Name + ".monitor");

    /// <param name="folder">For its sockets and what it remembers; short, for the sake of the sockets.</param>
    public static QemuPc SwitchOn(string folder, PcParts parts)
    {
        var log = Path.Combine(folder, parts.Name + ".serial");
        File.Delete(log);
        return new QemuPc(folder, parts);
    }

    /// <summary>Returns when the serial line has shown the text.</summary>
    /// <param name="from">Only what comes after so many characters counts.</param>
    /// <exception cref="TimeoutException">It did not, with the end of what came instead.</exception>
    public async Task WaitForAsync(string text, TimeSpan deadline, CancellationToken cancel, int from = 0)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (Serial.IndexOf(text, Math.Min(from, Serial.Length), StringComparison.Ordinal) < 0)
        {
            var waited = TimeProvider.System.GetElapsedTime(began);
            if (waited > deadline || IsOff)
            {
                throw new TimeoutException($"{Parts.Name} {(IsOff ? "is off" : "is on")} after {waited.TotalSeconds:0} s without \"{text}\". Its serial line ends:\n{End(Serial)}\n{await LastWordsAsync()}");
            }

            await Task.Delay(s_look, cancel);
        }
    }

    /// <summary>Waits until it has switched itself off, which a restart is as well unless <see cref="PcParts.Restarts"/>.</summary>
    /// <exception cref="TimeoutException">It has not.</exception>
    public async Task WaitForOffAsync(TimeSpan deadline, CancellationToken cancel)
    {
        if (await Task.WhenAny(_running, Task.Delay(deadline, cancel)) != _running)
        {
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException($"{Parts.Name} is still on. Its serial line ends:\n{End(Serial)}");
        }
    }

    /// <summary>Types on the serial line.</summary>
    public Task TypeAsync(string text, CancellationToken cancel) => SendAsync(SerialSocket, text, cancel);

    /// <summary>Tells QEMU something: <c>system_reset</c>, <c>set_link n0 off</c>, <c>screendump FILE</c>.</summary>
    public Task CommandAsync(string command, CancellationToken cancel) => SendAsync(MonitorSocket, command + "\n", cancel);

    /// <summary>Pulls the plug.</summary>
    public async ValueTask DisposeAsync()
    {
        await _off.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // It was on until now.
        }
        catch (UserErrorException)
        {
            // It never was; whoever waited for it has heard that.
        }

        _off.Dispose();
    }

    private IEnumerable<string> WordsFor(PcParts parts)
    {
        string[] words =
        [
            "-name", parts.Name,
            "-machine", MachineOf(parts),
            "-accel", "tcg,thread=multi,tb-size=512",
            "-cpu", parts.Processor, "-smp", "2", "-m", $"{parts.Memory}",
            "-uuid", parts.Uuid.ToString(),
            .. parts.Vnc is { } vnc ? (string[])["-vnc", "unix:" + vnc] : ["-display", "none"], "-vga", "std", "-nodefaults",
            "-object", "rng-random,filename=/dev/urandom,id=r0", "-device", "virtio-rng-pci,rng=r0",
            "-chardev", $"socket,id=tty,path={SerialSocket},server=on,wait=off,logfile={SerialLog}", "-serial", "chardev:tty",
            "-monitor", $"unix:{MonitorSocket},server=on,wait=off",
        ];
        return words
            .Concat(parts.Restarts ? [] : ["-no-reboot"])
            .Concat(FirmwareWords(parts))
            .Concat(parts.Kernel is { } kernel ? ["-kernel", kernel.Kernel, "-initrd", kernel.Initrd, "-append", kernel.CommandLine] : [])
            .Concat(parts.Cards.SelectMany((card, number) => CardWords(card, number)))
            .Concat(parts.Disks.SelectMany((disk, number) => DiskWords(disk, number)));
    }

    private static string MachineOf(PcParts parts) => parts.Firmware switch
    {
        PcFirmware.Bios when parts.IsBiosOnSerial => "q35,graphics=off",
        PcFirmware.SecureBoot => "q35,smm=on",
        _ => "q35",
    };

    // What firmware remembers belongs to the PC, so that it still does after it was off.
    private string[] FirmwareWords(PcParts parts)
    {
        if (parts.Firmware == PcFirmware.Bios)
        {
            return [];
        }

        var suffix = parts.Firmware == PcFirmware.SecureBoot ? ".ms" : "";
        var memory = Path.Combine(_folder, parts.Name + ".vars");
        if (!File.Exists(memory))
        {
            File.Copy($"{Firmwares}OVMF_VARS_4M{suffix}.fd", memory);
        }

        string[] flash =
        [
            "-drive", $"if=pflash,format=raw,unit=0,readonly=on,file={Firmwares}OVMF_CODE_4M{suffix}.fd",
            "-drive", $"if=pflash,format=raw,unit=1,file={memory}",
        ];
        string[] secure = parts.Firmware == PcFirmware.SecureBoot ? ["-global", "driver=cfi.pflash01,property=secure,value=on"] : [];
        string[] http = parts.HasOnlyHttp ? ["-fw_cfg", "name=opt/org.tianocore/IPv4PXESupport,string=no", "-fw_cfg", "name=opt/org.tianocore/IPv6PXESupport,string=no"] : [];
        return [.. secure, .. http, .. flash];
    }

    private static string[] CardWords(PcCard card, int number) =>
    [
        "-netdev", card.Tap is { } tap ? $"tap,id=n{number},ifname={tap},script=no,downscript=no" : $"user,id=n{number}{(card.Forward is { } forward ? ",hostfwd=" + forward : "")}",
        "-device", $"{card.Model},netdev=n{number},mac={card.Mac},bootindex={number + 1}{(card.HasRom ? "" : ",romfile=")}",
    ];

    private static string[] DiskWords(PcDisk disk, int number) =>
    [
        "-drive", $"if=none,id=d{number},format=raw,cache=unsafe,file={disk.File}",
        "-device", $"{disk.Model},drive=d{number},serial={disk.Serial},bootindex={number + 10}",
    ];

    private static async Task SendAsync(string path, string text, CancellationToken cancel)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
        }
        catch (SocketException e)
        {
            throw LabErrors.PcNotReady(Path.GetFileNameWithoutExtension(path), e);
        }

        await socket.SendAsync(Encoding.UTF8.GetBytes(text), cancel);
        socket.Shutdown(SocketShutdown.Send);

        // It hangs up once it has read all.
        var answer = new byte[4096];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            while (await socket.ReceiveAsync(answer, patience.Token) > 0)
            {
                continue;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // A serial line goes on talking.
        }
    }

    private async Task<string> LastWordsAsync() => _running.IsCompletedSuccessfully ? (await _running).ErrorOutput : "";

    private static string End(string text) => text[Math.Max(0, text.Length - 3000)..].Replace("\u001b", "<ESC>", StringComparison.Ordinal);

    private static string ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
