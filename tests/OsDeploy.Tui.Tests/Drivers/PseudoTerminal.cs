using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using OsDeploy.Tui.Drivers;

namespace OsDeploy.Tui.Tests.Drivers;

/// <summary>The other end of a terminal: what a person types goes in, what a screen would show comes out.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2; // O_RDWR
    private const int NoControllingTerminal = 0x100; // O_NOCTTY
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const nuint SetWindowSize = 0x5414; // TIOCSWINSZ

    private readonly SafeFileHandle _master;
    private readonly SafeFileHandle _device;

    public PseudoTerminal(int columns, int rows)
    {
        _master = new SafeFileHandle(posix_openpt(ReadWrite | NoControllingTerminal | CloseOnExec), ownsHandle: true);
        var name = new byte[64];
        if (_master.IsInvalid || unlockpt(_master) != 0 || ptsname_r(_master, name, (nuint)name.Length) != 0)
        {
            throw new IOException("No pseudo terminal.");
        }

        Device = Encoding.ASCII.GetString(name).TrimEnd('\0');
        Resize(columns, rows);

        // As long as nobody has it open the other end reads as gone.
        _device = Libc.Open(Device) ?? throw new IOException("The pseudo terminal does not open.");
    }

    public string Device { get; }

    public Termios Attributes
    {
        get => Libc.TryGetAttributes(_device, out var attributes) ? attributes : throw new IOException("No attributes.");
        set => _ = Libc.TrySetAttributes(_device, in value);
    }

    /// <summary>A signal to this process.</summary>
    public static void Raise(int signal) => _ = kill(Environment.ProcessId, signal);

    public void Resize(int columns, int rows)
    {
        var size = new Window { Columns = (ushort)columns, Rows = (ushort)rows };
        _ = ioctl(_master, SetWindowSize, in size);
    }

    public void Type(string keys) => Libc.Write(_master, Encoding.UTF8.GetBytes(keys));

    /// <summary>All that was sent so far. Nobody reads while nobody asks, as on a line that is held up.</summary>
    public byte[] Sent() => Sent(TimeSpan.Zero);

    /// <param name="patience">How long to wait for the first of it.</param>
    public byte[] Sent(TimeSpan patience)
    {
        var all = new List<byte>();
        var piece = new byte[4096];
        while (IsReadable(all.Count == 0 ? patience : TimeSpan.Zero))
        {
            var count = Libc.Read(_master, piece);
            if (count <= 0)
            {
                break;
            }

            all.AddRange(piece.AsSpan(0, (int)count));
        }

        return [.. all];
    }

    /// <summary>The line is cut.</summary>
    public void Cut() => _master.Dispose();

    public void Dispose()
    {
        _device.Dispose();
        _master.Dispose();
    }

    private bool IsReadable(TimeSpan patience)
    {
        Span<Libc.Watched> watched = [new Libc.Watched((int)_master.DangerousGetHandle(), Libc.Readable)];
        return Libc.Poll(watched, (int)Math.Ceiling(patience.TotalMilliseconds)) > 0 && (watched[0].Happened & Libc.Readable) != 0;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int posix_openpt(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unlockpt(SafeFileHandle master);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ptsname_r(SafeFileHandle master, Span<byte> name, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeFileHandle master, nuint request, in Window size);

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    [StructLayout(LayoutKind.Sequential)]
    private struct Window
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }
}
