using System.Text;
using OsDeploy.Tui.Drivers;

namespace OsDeploy.Tui.Input;

/// <summary>A key that was pressed. Whoever acts on it sets <see cref="Handled"/>; nobody after that sees it.</summary>
public sealed class Key : IEquatable<Key>
{
    private const KeyCode Modifiers = KeyCode.ShiftMask | KeyCode.CtrlMask | KeyCode.AltMask;

    public Key(KeyCode keyCode) => KeyCode = keyCode;

    public Key(char character)
        : this(CodeOf(character))
    {
    }

    public static Key Empty => new(KeyCode.Null);

    public static Key Backspace => new(KeyCode.Backspace);

    public static Key Tab => new(KeyCode.Tab);

    public static Key Enter => new(KeyCode.Enter);

    public static Key Esc => new(KeyCode.Esc);

    public static Key Space => new(KeyCode.Space);

    public static Key CursorUp => new(KeyCode.CursorUp);

    public static Key CursorDown => new(KeyCode.CursorDown);

    public static Key CursorLeft => new(KeyCode.CursorLeft);

    public static Key CursorRight => new(KeyCode.CursorRight);

    public static Key PageUp => new(KeyCode.PageUp);

    public static Key PageDown => new(KeyCode.PageDown);

    public static Key Home => new(KeyCode.Home);

    public static Key End => new(KeyCode.End);

    public static Key InsertChar => new(KeyCode.Insert);

    public static Key Delete => new(KeyCode.Delete);

    public static Key F1 => new(KeyCode.F1);

    public static Key F2 => new(KeyCode.F2);

    public static Key F3 => new(KeyCode.F3);

    public static Key F4 => new(KeyCode.F4);

    public static Key F5 => new(KeyCode.F5);

    public static Key F6 => new(KeyCode.F6);

    public static Key F7 => new(KeyCode.F7);

    public static Key F8 => new(KeyCode.F8);

    public static Key F9 => new(KeyCode.F9);

    public static Key F10 => new(KeyCode.F10);

    public static Key F11 => new(KeyCode.F11);

    public static Key F12 => new(KeyCode.F12);

    public static Key A => new(KeyCode.A);

    public static Key C => new(KeyCode.C);

    public static Key E => new(KeyCode.E);

    public static Key K => new(KeyCode.K);

    public static Key L => new(KeyCode.L);

    public static Key U => new(KeyCode.U);

    public KeyCode KeyCode { get; }

    public bool Handled { get; set; }

    public bool IsShift => (KeyCode & KeyCode.ShiftMask) != 0;

    public bool IsCtrl => (KeyCode & KeyCode.CtrlMask) != 0;

    public bool IsAlt => (KeyCode & KeyCode.AltMask) != 0;

    public Key WithShift => new(KeyCode | KeyCode.ShiftMask);

    public Key WithCtrl => new(KeyCode | KeyCode.CtrlMask);

    public Key WithAlt => new(KeyCode | KeyCode.AltMask);

    public Key NoShift => new(KeyCode & ~KeyCode.ShiftMask);

    public Key NoCtrl => new(KeyCode & ~KeyCode.CtrlMask);

    public Key NoAlt => new(KeyCode & ~KeyCode.AltMask);

    /// <summary>The character this key types; <see cref="Rune"/> 0 for special keys and with Ctrl or Alt.</summary>
    public Rune AsRune
    {
        get
        {
            var code = (uint)(KeyCode & ~KeyCode.ShiftMask);
            if (IsCtrl || IsAlt || code < 32 || code > (uint)KeyCode.MaxCodePoint || !Rune.IsValid(code))
            {
                return default;
            }

            return code is >= 'A' and <= 'Z' && !IsShift ? new Rune(code + 32) : new Rune(code);
        }
    }

    public static implicit operator Key(KeyCode keyCode) => new(keyCode);

    public static implicit operator Key(char character) => new(character);

    public static bool operator ==(Key? left, Key? right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(Key? left, Key? right) => !(left == right);

    public bool Equals(Key? other) => other is not null && KeyCode == other.KeyCode;

    public override bool Equals(object? obj) => Equals(obj as Key);

    public override int GetHashCode() => (int)KeyCode;

    /// <summary>As a status bar shows it: <c>F2</c>, <c>Ctrl+L</c>, <c>?</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(IsCtrl ? "Ctrl+" : "").Append(IsAlt ? "Alt+" : "");
        var rune = new Key(KeyCode & ~(KeyCode.CtrlMask | KeyCode.AltMask)).AsRune;
        if (rune.Value > ' ')
        {
            return text.Append(IsCtrl || IsAlt ? Rune.ToUpperInvariant(rune) : rune).ToString();
        }

        text.Append(IsShift ? "Shift+" : "");
        return text.Append((KeyCode & ~Modifiers).ToString()).ToString();
    }

    private static KeyCode CodeOf(char character) => character switch
    {
        >= 'a' and <= 'z' => (KeyCode)(character - 32),
        >= 'A' and <= 'Z' => (KeyCode)character | KeyCode.ShiftMask,
        '\n' => KeyCode.Enter,
        _ => (KeyCode)character,
    };
}
