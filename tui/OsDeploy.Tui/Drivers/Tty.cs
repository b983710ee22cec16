using System.Drawing;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OsDeploy.Tui.Drivers;

/// <summary>
/// A real terminal: the console, a serial line, or what SSH gives. <see cref="Console"/> is never touched: each of its calls may send
/// escapes of its own.
/// </summary>
internal sealed class Tty : ITerminal
{
    private const int LargestWidth = 500;
    private const int LargestHeight = 200;

    private static readonly Size s_usualSize = new(80, 24);

    // The kernel writes its messages over the screen of a console, noise writes over that of a line, and nobody tells.
    private static readonly TimeSpan s_wholeEvery = TimeSpan.FromMinutes(10);

    // A terminal that is held up must not hold up the end of the program.
    private static readonly TimeSpan s_farewell = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly SafeFileHandle _line;
    private readonly TimeProvider _time;
    private readonly KeyDecoder _keys;
    private readonly MouseClicks _clicks;
    private readonly AnsiPainter _painter;
    private readonly TtyOutput _output;
    private readonly TtySignals _signals;
    private readonly SafeFileHandle _wake = Libc.NewEvent();
    private readonly Termios _before;
    private readonly FrameBuffer _frame = new(1, 1);
    private readonly byte[] _read = new byte[4096];
    private readonly AnsiText _modes = new();
    private long _lastByte;
    private long _lastWhole;
    private bool _hasFrame;
    private bool _isLate;
    private bool _hasHungUp;
    private bool _isHangUpTold;
    private bool _isEntered;

    private Tty(SafeFileHandle line, bool isShared, TerminalProfile profile, TimeSpan escape, TimeProvider time)
    {
        (_line, _time, Profile) = (line, time, profile);
        if (!Libc.TryGetAttributes(line, out _before))
        {
            throw UnusableTerminalException.NoTerminal();
        }

        _keys = new KeyDecoder(escape, isBackspaceControlH: !profile.IsXtermLike || _before.Erase == 8);
        _clicks = new MouseClicks(time);
        _painter = new AnsiPainter(profile);
        _output = new TtyOutput(line, isShared);
        _signals = new TtySignals(Wake);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnExit;
    }

    public TerminalProfile Profile { get; }

    public Size Size { get; private set; } = s_usualSize;

    /// <summary>The terminal this program was started on.</summary>
    /// <exception cref="UnusableTerminalException">There is none, or none that can place text.</exception>
    public static Tty OfProcess()
    {
        if (!Libc.IsTerminal(0) || !Libc.IsTerminal(1))
        {
            throw UnusableTerminalException.NoTerminal();
        }

        var device = File.ResolveLinkTarget("/proc/self/fd/0", returnFinalTarget: false)?.FullName ?? "";
        return Open(device, Environment.GetEnvironmentVariable, TimeProvider.System);
    }

    /// <param name="environment">The value of a variable; null: not set.</param>
    /// <exception cref="UnusableTerminalException">It cannot place text.</exception>
    public static Tty Open(string device, Func<string, string?> environment, TimeProvider time)
    {
        var profile = TerminalProfile.Detect(environment, device);
        var isRemote = !string.IsNullOrEmpty(environment("SSH_CONNECTION")) || !string.IsNullOrEmpty(environment("SSH_TTY"));

        // On a serial line somebody types Esc and a digit for a function key; over a network a sequence may come in two pieces.
        var escape = TimeSpan.FromMilliseconds(profile.IsSlow ? 500 : isRemote ? 150 : 50);

        // An open file of our own, for it must not block, and that would be so for every program that has inherited it.
        var own = Libc.Open(device);
        return new Tty(own ?? new SafeFileHandle(0, ownsHandle: false), own is null, profile, escape, time);
    }

    public void Enter()
    {
        lock (_gate)
        {
            _ = Libc.TrySetAttributes(_line, _before.ToRaw(keepsFlow: Profile.IsSlow));
            _isEntered = true;
            _signals.TerminalIsOurs(true);
        }

        SendModes(ScreenModes.AddEnter);
        Size = AskSize();
        Forget();
        Push();
    }

    // Also called from wherever the program ends.
    public void Leave()
    {
        lock (_gate)
        {
            if (!_isEntered)
            {
                return;
            }

            _isEntered = false;
            _signals.TerminalIsOurs(false);
            SendModes(ScreenModes.AddLeave);
            _output.Drain(s_farewell, _time);
            Libc.DropInput(_line);
            _ = Libc.TrySetAttributes(_line, in _before);
        }
    }

    public void Wait(TimeSpan patience, ICollection<InputEvent> into)
    {
        var descriptor = _hasHungUp ? -1 : (int)_line.DangerousGetHandle();
        var wanted = _output.IsWaiting ? (short)(Libc.Readable | Libc.Writable) : Libc.Readable;
        Span<Libc.Watched> watched = [new Libc.Watched(descriptor, wanted), new Libc.Watched((int)_wake.DangerousGetHandle(), Libc.Readable)];
        _ = Libc.Poll(watched, Milliseconds(patience));
        if ((watched[1].Happened & Libc.Readable) != 0)
        {
            _ = Libc.Read(_wake, stackalloc byte[sizeof(ulong)]);
        }

        if ((watched[0].Happened & (Libc.Readable | Libc.Gone)) != 0)
        {
            Read(into);
        }

        Push();
        FlushKeys(into);
        TakeSignals(into);
        PaintAgain();
    }

    public void Wake()
    {
        try
        {
            _ = Libc.Write(_wake, [1, 0, 0, 0, 0, 0, 0, 0]);
        }
        catch (ObjectDisposedException)
        {
            // A timer or a signal that was on its way when the screens closed.
        }
    }

    public void Paint(FrameBuffer frame)
    {
        frame.CopyTo(_frame);
        _hasFrame = true;
        Send();
    }

    public void Forget()
    {
        _painter.Forget();
        _lastWhole = _time.GetTimestamp();
    }

    public void Dispose()
    {
        Leave();
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnExit;
        _signals.Dispose();
        _wake.Dispose();
        _line.Dispose();
    }

    private void OnExit(object? sender, EventArgs e) => Leave();

    private void SendModes(Action<TerminalProfile, AnsiText> modes)
    {
        _modes.Clear();
        modes(Profile, _modes);
        _output.Add(_modes.Written.Span);
    }

    /// <summary>A frame that comes while the line still has to take another one is left out; the last one always arrives.</summary>
    private void Send()
    {
        _isLate = _output.IsWaiting;
        if (!_isLate && _isEntered)
        {
            _output.Add(_painter.Paint(_frame).Span);
            Push();
        }
    }

    private void Push() => _hasHungUp |= !_output.Push();

    private void PaintAgain()
    {
        var isConsole = _hasFrame && !Profile.IsXtermLike;
        if (isConsole && _time.GetElapsedTime(_lastWhole) >= s_wholeEvery)
        {
            Forget();
            _isLate = true;
        }

        if (_isLate && !_output.IsWaiting)
        {
            Send();
        }
    }

    private void Read(ICollection<InputEvent> into)
    {
        var count = Libc.Read(_line, _read);
        if (count > 0)
        {
            _lastByte = _time.GetTimestamp();
            Decode(keys => _keys.Feed(_read.AsSpan(0, (int)count), keys), into);
        }
        else if (count == 0 || Marshal.GetLastPInvokeError() is not (Libc.TryAgain or Libc.Interrupted))
        {
            _hasHungUp = true;
        }
    }

    private void FlushKeys(ICollection<InputEvent> into)
    {
        if (_keys.Patience is { } patience && _time.GetElapsedTime(_lastByte) >= patience)
        {
            Decode(_keys.Flush, into);
        }
    }

    private void Decode(Action<ICollection<InputEvent>> decode, ICollection<InputEvent> into)
    {
        var events = new List<InputEvent>();
        decode(events);
        foreach (var happened in events)
        {
            into.Add(happened);
            if (happened is InputEvent.Moused moused)
            {
                _clicks.Follow(moused.Mouse, into);
            }
        }

        if (_keys.TakeReport() is { } report)
        {
            Size = Sane(report.Column, report.Row);
            into.Add(new InputEvent.Resized());
        }
    }

    private void TakeSignals(ICollection<InputEvent> into)
    {
        if (_signals.TakeContinued())
        {
            // A shell may have had the terminal in between.
            Enter();
            into.Add(new InputEvent.Resized());
        }

        if (_signals.TakeResized())
        {
            Size = AskSize();
            Forget();
            into.Add(new InputEvent.Resized());
        }

        if (_signals.TakeEnded() || (_hasHungUp && !_isHangUpTold))
        {
            _isHangUpTold = true;
            into.Add(new InputEvent.HungUp());
        }
    }

    // The answer of the terminal itself comes as a key does; until then the usual size will do.
    private Size AskSize()
    {
        var (columns, rows) = Libc.WindowSize(_line);
        if (columns > 0 && rows > 0)
        {
            return Sane(columns, rows);
        }

        _keys.ExpectsReport = true;
        _output.Add(ScreenModes.AskSize);
        return s_usualSize;
    }

    private static Size Sane(int columns, int rows) => new(Math.Clamp(columns, 1, LargestWidth), Math.Clamp(rows, 1, LargestHeight));

    /// <summary>Until the patience of whoever waits is over, that of the decoder, or the screen is due to be painted whole.</summary>
    private int Milliseconds(TimeSpan patience)
    {
        var left = patience < TimeSpan.Zero ? TimeSpan.MaxValue : patience;
        if (_keys.Patience is { } escape)
        {
            left = Shorter(left, escape - _time.GetElapsedTime(_lastByte));
        }

        if (_hasFrame && !Profile.IsXtermLike)
        {
            left = Shorter(left, s_wholeEvery - _time.GetElapsedTime(_lastWhole));
        }

        return left.TotalMilliseconds < int.MaxValue ? (int)Math.Ceiling(Math.Max(left.TotalMilliseconds, 0)) : -1;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
