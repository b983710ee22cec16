using System.Text;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;

namespace OsDeploy.Tui.ViewBase;

public partial class View
{
    private Key _hotKey = Key.Empty;

    public KeyBindings KeyBindings { get; } = new();

    /// <summary>Pressed with Alt it means this view from anywhere; without Alt, where nobody types.</summary>
    public Key HotKey
    {
        get => _hotKey;
        set => _hotKey = value;
    }

    /// <summary>The character that stands before the hot key in a text; U+FFFF: none does.</summary>
    public Rune HotKeySpecifier
    {
        get;
        set
        {
            field = value;
            HotKey = Key.Empty;
            SetHotKeyFrom(Title);
            SetNeedsLayout();
        }
    } = HotKeyText.Specifier;

    /// <summary>Before the view's own meaning of the key.</summary>
    public event EventHandler<Key>? KeyDown;

    /// <summary>After it, if the key has no meaning here.</summary>
    public event EventHandler<Key>? KeyDownNotHandled;

    /// <summary>The view with the focus first, then those that hold it.</summary>
    /// <returns>Somebody acted on it.</returns>
    public bool NewKeyDownEvent(Key key)
    {
        if (!Enabled)
        {
            return false;
        }

        if (Focused is { } inner && inner.NewKeyDownEvent(key))
        {
            return true;
        }

        if (key.Handled || OnKeyDown(key))
        {
            return true;
        }

        KeyDown?.Invoke(this, key);
        if (key.Handled || InvokeCommands(KeyBindings.GetCommands(key)) is true)
        {
            return true;
        }

        KeyDownNotHandled?.Invoke(this, key);
        return key.Handled || OnKeyDownNotHandled(key) || (SuperView is null && IsHotKeySomewhere(key));
    }

    /// <returns>True: the key is done with.</returns>
    protected virtual bool OnKeyDown(Key key) => false;

    protected virtual bool OnKeyDownNotHandled(Key key) => false;

    /// <summary>Text that came in one piece goes to the view with the focus.</summary>
    internal bool NewPasteEvent(string text) => (Focused is { } inner && inner.NewPasteEvent(text)) || OnPaste(text);

    internal virtual bool OnPaste(string text) => false;

    /// <summary>A key that nobody took who has the focus.</summary>
    /// <returns>True: it means this view, and was acted on.</returns>
    private protected virtual bool OnHotKey(Key key) => IsHot(HotKey, key) && InvokeCommand(Command.HotKey) is true;

    /// <summary>With Alt or without, in capitals or not.</summary>
    private protected static bool IsHot(Key hotKey, Key key) =>
        !key.IsCtrl && hotKey.KeyCode != KeyCode.Null && Lower(hotKey) == Lower(key);

    // Only the letters from A to Z are one key in both cases of themselves.
    private static Key Lower(Key key)
    {
        var letter = key.NoAlt.NoShift;
        return letter.AsRune is { Value: > 127 } rune ? new Key((KeyCode)Rune.ToLowerInvariant(rune).Value) : letter;
    }

    private void SetHotKeyFrom(string title)
    {
        if (HotKeyText.KeyOf(title, HotKeySpecifier) is { } letter)
        {
            HotKey = new Key(letter);
        }
    }

    private bool IsHotKeySomewhere(Key key)
    {
        foreach (var view in _subViews.Where(view => view.Visible && view.Enabled).ToArray())
        {
            if (view.OnHotKey(key) || view.IsHotKeySomewhere(key))
            {
                return true;
            }
        }

        return false;
    }
}
