using System.Collections.Concurrent;
using System.Drawing;
using System.Globalization;
using OsDeploy.Tui.Configuration;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;

namespace OsDeploy.Tui.App;

/// <inheritdoc cref="IApplication"/>
public sealed class Application : IApplication, IKeyboard
{
    private const int SmallestWidth = 80;
    private const int SmallestHeight = 24;

    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<Action> _invoked = new();
    private readonly List<Runnable> _running = [];
    private readonly List<InputEvent> _events = [];
    private readonly FrameBuffer _frame = new(SmallestWidth, SmallestHeight);
    private readonly Queue<InputEvent> _pending = new();
    private ITerminal? _terminal;
    private Timeouts? _timeouts;
    private Func<Exception, bool>? _errorHandler;
    private bool _needsLayout = true;
    private bool _needsDraw = true;

    internal Application(TimeProvider time) => _time = time;

    public Rectangle Screen => new(Point.Empty, Terminal.Size);

    public IKeyboard Keyboard => this;

    public IRunnable? TopRunnable => _running.LastOrDefault();

    public event EventHandler<Key>? KeyDown;

    /// <summary>The terminal is gone, or this program was told to end.</summary>
    internal bool HasHungUp { get; private set; }

    /// <summary>Shown in place of everything on a terminal that is too small.</summary>
    internal static string TooSmallText => CultureInfo.CurrentUICulture.Name.Split('-')[0] switch
    {
        "de" => "Dieses Terminal ist zu klein: 80 Spalten und 24 Zeilen sind nötig. Strg+C beendet.",
        "fr" => "Ce terminal est trop petit : il faut 80 colonnes et 24 lignes. Ctrl+C quitte.",
        _ => "This terminal is too small: 80 columns and 24 rows are needed. Ctrl+C leaves.",
    };

    /// <summary>Each character that changes takes time on the line.</summary>
    internal bool IsSlow => Terminal.Profile.IsSlow;

    internal ITerminal Terminal => _terminal ?? throw new InvalidOperationException("Init first.");

    public static IApplication Create() => new Application(TimeProvider.System);

    public IApplication Init(string? driverName = null) => Init(Tty.OfProcess());

    internal Application Init(ITerminal terminal)
    {
        _terminal = terminal;
        _timeouts = new Timeouts(_time, terminal.Wake);
        terminal.Enter();
        return this;
    }

    public object? Run(IRunnable runnable, Func<Exception, bool>? errorHandler = null)
    {
        var view = (Runnable)runnable;
        var outer = _errorHandler;
        _errorHandler = errorHandler ?? outer;
        view.App = this;
        _running.Add(view);
        try
        {
            view.TellRunning(true);
            view.EndInit();
            NeedLayout();
            LayoutNow();
            view.SetFocus();
            while (view.IsRunning && !HasHungUp)
            {
                StepCarefully();
            }
        }
        finally
        {
            _errorHandler = outer;
            if (view.IsRunning)
            {
                view.TellRunning(false);
            }

            _running.Remove(view);
            view.App = null;
            NeedLayout();
        }

        return view.Result;
    }

    public void RequestStop() => RequestStop(TopRunnable);

    public void RequestStop(IRunnable? runnable)
    {
        if (runnable is Runnable { IsRunning: true } view)
        {
            view.TellRunning(false);
            _terminal?.Wake();
        }
    }

    public void Invoke(Action action)
    {
        _invoked.Enqueue(action);
        _terminal?.Wake();
    }

    public void Invoke(Action<IApplication> action) => Invoke(() => action(this));

    public object AddTimeout(TimeSpan time, Func<bool> callback) => Clock.Add(time, callback);

    public bool RemoveTimeout(object token) => Clock.Remove(token);

    public bool RaiseKeyDownEvent(Key key)
    {
        KeyDown?.Invoke(this, key);
        return key.Handled || (_running.LastOrDefault() is { } top && (top.NewKeyDownEvent(key) || Navigate(top, key)));
    }

    public void LayoutAndDraw(bool forceRedraw = false)
    {
        LayoutNow();
        if (forceRedraw)
        {
            Terminal.Forget();
        }

        Draw();
    }

    public void Dispose()
    {
        _timeouts?.Dispose();
        _terminal?.Dispose();
    }

    internal void NeedLayout() => (_needsLayout, _needsDraw) = (true, true);

    internal void NeedDraw() => _needsDraw = true;

    internal Scheme SchemeOf(string name)
    {
        var schemes = !Terminal.Profile.HasColors ? Schemes.Plain : ThemeManager.Theme == ThemeManager.HighContrast ? Schemes.HighContrast : Schemes.Colored;
        return schemes.GetValueOrDefault(name) ?? schemes[SchemeManager.Base];
    }

    /// <summary>Another program has the terminal for a while.</summary>
    internal void Suspend(Action other)
    {
        Terminal.Leave();
        try
        {
            other();
        }
        finally
        {
            Terminal.Enter();
            Terminal.Forget();
            NeedLayout();
        }
    }

    private bool IsTooSmall => Terminal.Size is { Width: < SmallestWidth } or { Height: < SmallestHeight };

    private Timeouts Clock => _timeouts ?? throw new InvalidOperationException("Init first.");

    // A dialog lives through what the handler of the screen under it lets pass: what was typed there is not lost.
    private void StepCarefully()
    {
        try
        {
            Step();
        }
#pragma warning disable CA1031 // The handler decides which faults the application survives.
        catch (Exception e) when (_errorHandler is not null)
#pragma warning restore CA1031
        {
            if (!_errorHandler(e))
            {
                throw;
            }
        }
    }

    // A dialog run by one of these has a loop of its own: what it does not get must be there when it is over.
    private void Step()
    {
        if (_pending.Count == 0)
        {
            DoInvoked();
            Clock.RunDue();
            LayoutNow();
            Draw();
            if (!_invoked.IsEmpty || TopRunnable is { IsRunning: false })
            {
                return;
            }

            Terminal.Wait(Timeout.InfiniteTimeSpan, _events);
            _events.ForEach(_pending.Enqueue);
            _events.Clear();
        }

        if (_pending.TryDequeue(out var next))
        {
            Take(next);
        }
    }

    private void DoInvoked()
    {
        for (var left = _invoked.Count; left > 0 && _invoked.TryDequeue(out var action); left--)
        {
            action();
        }
    }

    private void Take(InputEvent input)
    {
        switch (input)
        {
            case InputEvent.Resized:
                NeedLayout();
                break;
            case InputEvent.HungUp:
            case InputEvent.Pressed { Key.KeyCode: KeyCode.C | KeyCode.CtrlMask } when IsTooSmall:
                HasHungUp = true;
                _running.ToList().ForEach(RequestStop);
                break;
            case not null when IsTooSmall:
                // Nobody can see what it would do.
                break;
            case InputEvent.Pressed { Key: var key }:
                RaiseKeyDownEvent(key);
                break;
            case InputEvent.Pasted { Text: var text }:
                _running.LastOrDefault()?.NewPasteEvent(text);
                break;
            case InputEvent.Moused { Mouse: var mouse }:
                TellMouse(mouse);
                break;
        }

        // A frame for each key would fall behind a held one.
        if (_pending.Count == 0)
        {
            LayoutNow();
        }
    }

    private void TellMouse(Mouse mouse)
    {
        if (_running.LastOrDefault() is { } top && !top.NewMouseEvent(mouse) && !top.Frame.Contains(mouse.ScreenPosition))
        {
            top.OnMouseOutside(mouse);
        }
    }

    private bool Navigate(Runnable top, Key key)
    {
        switch (key.KeyCode)
        {
            case KeyCode.Tab or KeyCode.CursorDown or KeyCode.CursorRight:
                return top.AdvanceFocus(ViewBase.NavigationDirection.Forward);
            case KeyCode.Tab | KeyCode.ShiftMask or KeyCode.CursorUp or KeyCode.CursorLeft:
                return top.AdvanceFocus(ViewBase.NavigationDirection.Backward);
            case KeyCode.L | KeyCode.CtrlMask:
                Terminal.Forget();
                NeedDraw();
                return true;
            default:
                return false;
        }
    }

    private void LayoutNow()
    {
        if (!_needsLayout)
        {
            return;
        }

        _needsLayout = false;
        foreach (var view in _running)
        {
            view.Layout(Terminal.Size);
        }

        _running.LastOrDefault()?.SettleFocus();
    }

    private void Draw()
    {
        if (!_needsDraw)
        {
            return;
        }

        _needsDraw = false;
        var size = Terminal.Size;
        if ((_frame.Columns, _frame.Rows) != (size.Width, size.Height))
        {
            _frame.Resize(size.Width, size.Height);
        }

        _frame.Cursor = null;
        _frame.Clear(SchemeOf(SchemeManager.Base).Normal);
        if (IsTooSmall)
        {
            var row = 0;
            foreach (var line in Text.Columns.Wrap(TooSmallText, size.Width))
            {
                _frame.Put(0, row++, line, default, Screen);
            }
        }
        else
        {
            _running.ForEach(view => view.Draw(_frame, Screen));
            var top = _running.LastOrDefault();
            _frame.Cursor = (top?.MostFocused ?? top)?.CursorOnScreen();
        }

        Terminal.Paint(_frame);
    }
}
