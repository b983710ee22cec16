using OsDeploy.Tui.Drawing;
using Attribute = OsDeploy.Tui.Drawing.Attribute;

namespace OsDeploy.Tui.Drivers;

/// <summary>The look the terminal writes with at present, and the shortest way to another (<c>ESC [ … m</c>).</summary>
internal sealed class SgrState(TerminalProfile profile)
{
    private static readonly (TextStyle Style, byte Code)[] s_styles =
    [
        (TextStyle.Bold, 1), (TextStyle.Faint, 2), (TextStyle.Underline, 4), (TextStyle.Reverse, 7),
    ];

    // The terminals number the eight colours by bits of red, green, blue, the first is red.
    private static readonly byte[] s_numbers = [0, 4, 2, 6, 1, 5, 3, 7];

    private readonly List<int> _codes = [];

    public Attribute? Current { get; private set; }

    public void Lose() => Current = null;

    /// <summary>What this terminal makes of an attribute; those that come out the same look the same on it.</summary>
    public Attribute Shown(Attribute wanted)
    {
        if (!profile.HasColors)
        {
            return new Attribute(default, default, wanted.Style);
        }

        if (profile.HasBrightColors)
        {
            return wanted;
        }

        var bold = wanted.Foreground.Name is >= ColorName16.DarkGray ? TextStyle.Bold : TextStyle.None;
        return new Attribute(Dim(wanted.Foreground), Dim(wanted.Background), wanted.Style | bold);
    }

    /// <summary>A blank shows only what is behind it: between two words it need not have another colour than they.</summary>
    public Attribute OfBlank(Attribute wanted) =>
        Current is { } current && ((current.Style | wanted.Style) & (TextStyle.Reverse | TextStyle.Underline)) == 0
            ? current with { Background = wanted.Background }
            : wanted;

    /// <param name="next">As <see cref="Shown"/> returns it.</param>
    public void Set(Attribute next, AnsiText into)
    {
        if (Current == next)
        {
            return;
        }

        _codes.Clear();
        var (from, reset) = Current is { } current && (current.Style & ~next.Style) == 0 ? (current, false) : (default, true);
        foreach (var (style, code) in s_styles)
        {
            if ((next.Style & style) != 0 && (from.Style & style) == 0)
            {
                _codes.Add(code);
            }
        }

        AddColor(from.Foreground, next.Foreground, 30);
        AddColor(from.Background, next.Background, 40);
        Send(reset, into);
        Current = next;
    }

    private static Color Dim(Color color) =>
        color.Name is { } name && name >= ColorName16.DarkGray ? new Color(name - (int)ColorName16.DarkGray) : color;

    private void AddColor(Color from, Color to, int first)
    {
        if (from == to)
        {
            return;
        }

        _codes.Add(to.Name switch
        {
            null => first + 9,
            < ColorName16.DarkGray and { } name => first + s_numbers[(int)name],
            { } name => first + 60 + s_numbers[(int)name - (int)ColorName16.DarkGray],
        });
    }

    private void Send(bool reset, AnsiText into)
    {
        into.Add("\e["u8);
        if (reset && _codes.Count > 0)
        {
            into.Add("0;"u8);
        }

        for (var at = 0; at < _codes.Count; at++)
        {
            into.Add(at == 0 ? ""u8 : ";"u8);
            into.Add(_codes[at]);
        }

        into.Add("m"u8);
    }
}
