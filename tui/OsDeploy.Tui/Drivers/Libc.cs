using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OsDeploy.Tui.Drivers;

/// <summary>The C library's terminal calls. Numbers are those of Linux on x86-64 and arm64.</summary>
internal static partial class Libc
{
    public const short Readable = 1; // POLLIN
    public const short Writable = 4; // POLLOUT
    public const short Gone = 8 | 16; // POLLERR, POLLHUP

    public const int Interrupted = 4; // EINTR
    public const int TryAgain = 11; // EAGAIN

    private const int ReadWrite = 2; // O_RDWR
    private const int NoControllingTerminal = 0x100; // O_NOCTTY
    private const int NonBlocking = 0x800; // O_NONBLOCK, EFD_NONBLOCK
    private const int CloseOnExec = 0x80000; // O_CLOEXEC, EFD_CLOEXEC
    private const int Now = 0; // TCSANOW
    private const int Input = 0; // TCIFLUSH
    private const nuint GetWindowSize = 0x5413; // TIOCGWINSZ

    public static bool IsTerminal(int descriptor) => isatty(descriptor) == 1;

    /// <returns>Null: it may not be opened.</returns>
    public static SafeFileHandle? Open(string device)
    {
        var descriptor = open(device, ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    public static SafeFileHandle NewEvent()
    {
        var descriptor = eventfd(0, NonBlocking | CloseOnExec);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new IOException("No event descriptor.");
    }

    public static bool TryGetAttributes(SafeFileHandle terminal, out Termios attributes) => tcgetattr(terminal, out attributes) == 0;

    /// <summary>At once: a line that is held up would never have drained.</summary>
    public static bool TrySetAttributes(SafeFileHandle terminal, in Termios attributes) => tcsetattr(terminal, Now, in attributes) == 0;

    /// <summary>What was typed and not read is forgotten.</summary>
    public static void DropInput(SafeFileHandle terminal) => _ = tcflush(terminal, Input);

    public static void MakeRaw(ref Termios attributes) => cfmakeraw(ref attributes);

    /// <summary>0 by 0 where nobody knows.</summary>
    public static (int Columns, int Rows) WindowSize(SafeFileHandle terminal) =>
        ioctl(terminal, GetWindowSize, out var size) == 0 ? (size.Columns, size.Rows) : (0, 0);

    /// <param name="milliseconds">Negative: without end.</param>
    public static int Poll(Span<Watched> descriptors, int milliseconds) => poll(descriptors, (nuint)descriptors.Length, milliseconds);

    /// <returns>Negative: see <see cref="Marshal.GetLastPInvokeError"/>.</returns>
    public static nint Read(SafeFileHandle from, Span<byte> into) => read(from, into, (nuint)into.Length);

    /// <inheritdoc cref="Read"/>
    public static nint Write(SafeFileHandle to, ReadOnlySpan<byte> bytes) => write(to, bytes, (nuint)bytes.Length);

    [LibraryImport("libc")]
    private static partial int isatty(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint value, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcgetattr(SafeFileHandle terminal, out Termios attributes);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcsetattr(SafeFileHandle terminal, int when, in Termios attributes);

    [LibraryImport("libc")]
    private static partial int tcflush(SafeFileHandle terminal, int queue);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(ref Termios attributes);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeFileHandle terminal, nuint request, out Window size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(Span<Watched> descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(SafeFileHandle from, Span<byte> into, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(SafeFileHandle to, ReadOnlySpan<byte> bytes, nuint count);

    /// <summary><c>struct pollfd</c>. A negative descriptor is not watched.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Watched(int descriptor, short wanted)
    {
        public readonly int Descriptor = descriptor;
        public readonly short Wanted = wanted;
        public short Happened;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Window
    {
        public readonly ushort Rows;
        public readonly ushort Columns;
        private readonly ushort _width;
        private readonly ushort _height;
    }
}
