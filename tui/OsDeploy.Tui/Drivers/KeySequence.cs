using System.Drawing;
using System.Globalization;
using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.Drivers;

/// <summary>A whole sequence: what stands between its introducer and its last letter, and that letter.</summary>
internal readonly ref struct KeySequence
{
    private const int Far = 10_000;

    private readonly string _text;
    private readonly char _final;

    public KeySequence(string text, char final) => (_text, _final) = (text, final);

    public bool IsPasteStart => _final == '~' && _text == "200";

    public (int Row, int Column)? Report => _final == 'R' && _text.Contains(';', StringComparison.Ordinal) && Number(0) is > 0 and < Far && Number(1) is > 0 and < Far
        ? (Number(0), Number(1))
        : null;

    /// <summary>SGR mouse reports; the left button and the wheel only.</summary>
    public Mouse? Mouse
    {
        get
        {
            if (_final is not ('M' or 'm') || _text is not ['<', ..] || Flags(Number(0)) is not { } flags)
            {
                return null;
            }

            var (column, row) = (Number(1), Number(2));
            return column is < 1 or >= Far || row is < 1 or >= Far
                ? null
                : new Mouse { Flags = flags, ScreenPosition = new Point(column - 1, row - 1) };
        }
    }

    /// <summary>After <c>ESC [</c>. <see cref="KeyCode.Null"/>: means nothing here.</summary>
    public KeyCode ControlKey
    {
        get
        {
            if (_text is ['<' or '=' or '>' or '?', ..])
            {
                return KeyCode.Null;
            }

            return _final switch
            {
                '~' => Modified(Numbered(Number(0)), Number(1)),
                '^' => Modified(Numbered(Number(0)), 5),
                '$' => Modified(Numbered(Number(0)), 2),
                '@' => Modified(Numbered(Number(0)), 6),
                'Z' => KeyCode.Tab | KeyCode.ShiftMask,
                >= 'a' and <= 'd' => Modified(Lettered(char.ToUpperInvariant(_final)), 2),
                >= 'P' and <= 'S' when Number(0) > 1 => KeyCode.Null,
                _ => Modified(Lettered(_final), Number(1)),
            };
        }
    }

    /// <summary>After <c>ESC O</c>, where a single number is the modifier.</summary>
    public KeyCode SingleKey => _final switch
    {
        >= 'a' and <= 'd' => Modified(Lettered(char.ToUpperInvariant(_final)), 5),
        'M' => KeyCode.Enter,
        'X' => (KeyCode)'=',
        >= 'j' and <= 'y' => (KeyCode)(_final - 'j' + '*'),
        _ => Modified(Lettered(_final), _text.Contains(';', StringComparison.Ordinal) ? Number(1) : Number(0)),
    };

    private static KeyCode Lettered(char letter) => letter switch
    {
        'A' => KeyCode.CursorUp,
        'B' => KeyCode.CursorDown,
        'C' => KeyCode.CursorRight,
        'D' => KeyCode.CursorLeft,
        'F' => KeyCode.End,
        'H' => KeyCode.Home,
        >= 'P' and <= 'S' => KeyCode.F1 + (uint)(letter - 'P'),
        _ => KeyCode.Null,
    };

    // The function keys have gaps where the vt220's keyboard had them; 25 and up are those with Shift.
    private static KeyCode Numbered(int number) => number switch
    {
        1 or 7 => KeyCode.Home,
        2 => KeyCode.Insert,
        3 => KeyCode.Delete,
        4 or 8 => KeyCode.End,
        5 => KeyCode.PageUp,
        6 => KeyCode.PageDown,
        >= 11 and <= 15 => KeyCode.F1 + (uint)(number - 11),
        >= 17 and <= 21 => KeyCode.F6 + (uint)(number - 17),
        23 or 24 => KeyCode.F11 + (uint)(number - 23),
        25 or 26 => (KeyCode.F1 + (uint)(number - 25)) | KeyCode.ShiftMask,
        28 or 29 => (KeyCode.F3 + (uint)(number - 28)) | KeyCode.ShiftMask,
        >= 31 and <= 34 => (KeyCode.F5 + (uint)(number - 31)) | KeyCode.ShiftMask,
        _ => KeyCode.Null,
    };

    private static KeyCode Modified(KeyCode key, int modifier)
    {
        if (key == KeyCode.Null || modifier is < 2 or > 16)
        {
            return key;
        }

        var bits = modifier - 1;
        return key
            | ((bits & 1) != 0 ? KeyCode.ShiftMask : 0)
            | ((bits & 10) != 0 ? KeyCode.AltMask : 0)
            | ((bits & 4) != 0 ? KeyCode.CtrlMask : 0);
    }

    // Bits 4, 8 and 16 are Shift, Alt and Ctrl; 32 is a movement.
    private MouseFlags? Flags(int button) => (button & ~28) switch
    {
        0 => _final == 'M' ? MouseFlags.LeftButtonPressed : MouseFlags.LeftButtonReleased,
        64 when _final == 'M' => MouseFlags.WheeledUp,
        65 when _final == 'M' => MouseFlags.WheeledDown,
        _ => null,
    };

    /// <returns>0 where there is none, or one too large to mean anything.</returns>
    private int Number(int index)
    {
        var rest = _text.AsSpan().TrimStart('<');
        for (; index > 0; index--)
        {
            var next = rest.IndexOf(';');
            rest = next < 0 ? [] : rest[(next + 1)..];
        }

        var end = rest.IndexOf(';');
        return int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
