using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Shell;

/// <summary>
/// The whole screen: a header that is always there, one of several screens in the middle with the way back to the one before, a line for
/// what has just happened, and the keys. The appliance's console and the machine screens both live in one.
/// </summary>
internal sealed class ScreenFrame : Runnable
{
    private readonly Stack<ScreenView> _screens = new();
    private readonly HeaderBar _header = new() { Width = Dim.Fill(), Height = 1, SchemeName = "Menu" };
    private readonly FrameView _middle = new() { Width = Dim.Fill(), Height = Dim.Fill(2), CanFocus = true };
    private readonly PlainText _toast = new() { Y = Pos.AnchorEnd(2), Width = Dim.Fill(), Height = 1 };
    private readonly KeyBar _keys = new() { Y = Pos.AnchorEnd(1), Width = Dim.Fill(), Height = 1, SchemeName = "Menu" };
    private readonly Dialogs _dialogs;
    private readonly IReadOnlyList<ScreenAction> _everywhere;
    private MenuBar? _menu;

    /// <param name="everywhere">What can be done on every screen, such as to leave.</param>
    public ScreenFrame(Dialogs dialogs, IReadOnlyList<ScreenAction> everywhere)
    {
        (_dialogs, _everywhere) = (dialogs, everywhere);
        _middle.Y = Pos.Func(_ => _menu is null ? 1 : 2);
        Add(_header, _middle, _toast, _keys);
    }

    /// <summary>Below the header; null: there is none.</summary>
    public MenuBar? Menu
    {
        get => _menu;
        set
        {
            if (_menu is { } old)
            {
                Remove(old);
                old.Dispose();
            }

            _menu = value;
            _keys.HasMenu = value is not null;
            if (value is not null)
            {
                (value.X, value.Y, value.Width) = (0, 1, Dim.Fill());
                Add(value);
            }

            SetNeedsLayout();
        }
    }

    public ScreenView Top => _screens.Peek();

    /// <summary>One line; foreign texts in it must be printable. Where both do not fit the right one wins.</summary>
    public void SetHeader(string left, string right) => _header.Show(left, right);

    /// <summary>What has just happened; stays until something else does.</summary>
    public void Toast(string text) => _toast.Text = text;

    /// <summary>Over the one that is there: Esc comes back to that.</summary>
    public void Push(ScreenView screen)
    {
        if (_screens.TryPeek(out var before))
        {
            before.Leave();
            _middle.Remove(before);
        }

        _screens.Push(screen);
        ShowTop();
    }

    /// <summary>In place of all that are there.</summary>
    public void Go(ScreenView screen)
    {
        while (_screens.Count > 0)
        {
            Drop();
        }

        Push(screen);
    }

    /// <returns>False: this is the first screen.</returns>
    public bool Back()
    {
        if (_screens.Count < 2)
        {
            return false;
        }

        Drop();
        ShowTop();
        return true;
    }

    /// <summary>What can be done has changed, or its words have.</summary>
    public void Refresh()
    {
        _middle.Title = Top.Heading;
        _keys.Actions = [.. Top.Actions, .. _everywhere];
    }

    protected override bool OnKeyDown(Key key)
    {
        if (key == Key.F1)
        {
            _dialogs.Tell(Top.Heading, Top.Help + "\n\n" + KeysText());
            return true;
        }

        return ActionOf(key) is { } action && Do(action);
    }

    protected override bool OnKeyDownNotHandled(Key key)
    {
        if (key == Key.Esc)
        {
            return Top.Back() || Back();
        }

        if (key == '?')
        {
            ShowCommands();
            return true;
        }

        return _keys.Actions.FirstOrDefault(action => action.Letter == key) is { } action && Do(action);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var screen in _screens)
            {
                screen.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private ScreenAction? ActionOf(Key key) => _keys.Actions.FirstOrDefault(action => action.Key == key);

    private bool Do(ScreenAction action)
    {
        if (action.WhyNot?.Invoke() is { } why)
        {
            Toast(why);
            return true;
        }

        Toast("");
        _dialogs.Try(action.Run);
        Refresh();
        return true;
    }

    private void Drop()
    {
        var screen = _screens.Pop();
        screen.Leave();
        _middle.Remove(screen);
        screen.Dispose();
    }

    private void ShowTop()
    {
        _middle.Add(Top);
        Refresh();
        Top.Enter();
        Top.SetFocus();
        Refresh();
    }

    private string KeysText() =>
        string.Join('\n', _keys.Actions.Select(action => $"{action.Key,-6} {(action.Letter is { } letter ? letter.ToString() : " "),-3} {action.PlainLabel}"))
        + "\n" + Dialogue.ScreenKeys;

    private void ShowCommands()
    {
        var lines = _keys.Actions.Where(action => action.Command is not null && action.WhyNot?.Invoke() is null)
            .SelectMany(action => action.Command!().Select(command => command.ToString()).Prepend(action.PlainLabel + ":"));
        var text = string.Join('\n', lines.Select(line => Printable.Of(line, int.MaxValue)));
        _dialogs.Tell(Common.CommandTitle, text.Length == 0 ? Dialogue.NoCommand : text);
    }
}
