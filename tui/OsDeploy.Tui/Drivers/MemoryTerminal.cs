using System.Drawing;
using System.Text;
using OsDeploy.Tui.Input;
using Attribute = OsDeploy.Tui.Drawing.Attribute;

namespace OsDeploy.Tui.Drivers;

/// <summary>
/// A terminal for tests. What a person would do is queued first and handed out one by one, each after the frame that answers the one
/// before; so a test runs on one thread and always sees the same frames.
/// </summary>
internal sealed class MemoryTerminal(TerminalProfile profile, int columns = 80, int rows = 24) : ITerminal
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly Queue<Step> _script = new();
    private readonly object _gate = new();
    private readonly AnsiPainter _painter = new(profile);
    private long _stepBegan = TimeProvider.System.GetTimestamp();
    private FrameBuffer? _frame;
    private Exception? _failed;
    private bool _isWoken;

    public MemoryTerminal()
        : this(TerminalProfile.Xterm)
    {
    }

    public TerminalProfile Profile => profile;

    public Size Size { get; private set; } = new(columns, rows);

    public bool IsEntered { get; private set; }

    /// <summary>Real time that may pass without anything happening before the test fails.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    public int Frames { get; private set; }

    /// <summary>What all frames together would have sent.</summary>
    public long BytesSent { get; private set; }

    public int LastFrameBytes { get; private set; }

    /// <summary>What the last frame would have sent.</summary>
    public byte[] LastFrame { get; private set; } = [];

    public Point? Cursor => Frame.Cursor;

    /// <summary>The screen, row by row, as this terminal can show it, without the blanks at the end of a row.</summary>
    public string Text => string.Concat(Enumerable.Range(0, _frame?.Rows ?? 0).Select(row => Line(row).TrimEnd() + "\n"));

    public string Line(int row)
    {
        var line = new StringBuilder();
        foreach (var cell in _painter.Shown(row))
        {
            line.Append(cell.Rune.Value == 0 ? "" : cell.Rune.ToString());
        }

        return line.ToString();
    }

    /// <summary>As the view drew it, whether this terminal has the colours or not.</summary>
    public Attribute AttributeAt(int column, int row) => Frame[column, row].Attribute;

    private FrameBuffer Frame => _frame ?? throw new InvalidOperationException("Nothing was painted yet.");

    public void Press(params Key[] keys)
    {
        foreach (var key in keys)
        {
            Send(new InputEvent.Pressed(new Key(key.KeyCode)));
        }
    }

    public void Type(string text)
    {
        foreach (var character in text)
        {
            Press(new Key(character));
        }
    }

    public void Paste(string text) => Send(new InputEvent.Pasted(text));

    public void Click(int column, int row, MouseFlags flags = MouseFlags.LeftButtonClicked) =>
        Send(new InputEvent.Moused(new Mouse { Flags = flags, ScreenPosition = new Point(column, row) }));

    public void HangUp() => Send(new InputEvent.HungUp());

    public void Resize(int columns, int rows) => Add(into =>
    {
        Size = new Size(columns, rows);
        into.Add(new InputEvent.Resized());
        return true;
    });

    /// <summary>Between two keys, on the thread of the screens: to look at a frame, or to let time pass.</summary>
    public void Then(Action act) => Add(_ =>
    {
        act();
        return true;
    });

    /// <summary>Holds the keys that follow until work in the background has had its effect.</summary>
    public void Until(Func<bool> condition) => Add(_ => condition());

    public void UntilShown(string text) => Until(() => Text.Contains(text, StringComparison.Ordinal));

    public void Enter()
    {
        IsEntered = true;
        _stepBegan = TimeProvider.System.GetTimestamp();
        Forget();
    }

    public void Leave() => IsEntered = false;

    /// <exception cref="TimeoutException">Nothing happened for too long; the message is the screen.</exception>
    public void Wait(TimeSpan patience, ICollection<InputEvent> into)
    {
        // A test that has failed is over, even if the screens survive its fault.
        if (_failed is not null)
        {
            throw _failed;
        }

        try
        {
            WaitForStep(patience, into);
        }
        catch (Exception e)
        {
            _failed = e;
            throw;
        }
    }

    public void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Paint(FrameBuffer frame)
    {
        var bytes = _painter.Paint(frame);
        _frame = frame.Copy();
        LastFrame = bytes.ToArray();
        LastFrameBytes = bytes.Length;
        Frames++;
        BytesSent += bytes.Length;
    }

    public void Forget() => _painter.Forget();

    public void Dispose() => Leave();

    private void WaitForStep(TimeSpan patience, ICollection<InputEvent> into)
    {
        if (_script.TryPeek(out var step) && step(into))
        {
            _ = _script.Dequeue();
            _stepBegan = TimeProvider.System.GetTimestamp();
            return;
        }

        var left = Patience - TimeProvider.System.GetElapsedTime(_stepBegan);
        if (left <= TimeSpan.Zero)
        {
            throw new TimeoutException($"Nothing more to do, and the screen is still open ({_script.Count} steps left):\n{Text}");
        }

        // A condition may come true without anybody waking the screens.
        left = step is not null && left > s_look ? s_look : left;
        Sleep(patience >= TimeSpan.Zero && patience < left ? patience : left);
    }

    private void Sleep(TimeSpan time)
    {
        lock (_gate)
        {
            if (!_isWoken)
            {
                _ = Monitor.Wait(_gate, time);
            }

            _isWoken = false;
        }
    }

    private void Send(InputEvent happened) => Add(into =>
    {
        into.Add(happened);
        return true;
    });

    private void Add(Step step) => _script.Enqueue(step);

    /// <returns>False: not yet.</returns>
    private delegate bool Step(ICollection<InputEvent> into);
}
