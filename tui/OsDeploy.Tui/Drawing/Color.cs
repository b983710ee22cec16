namespace OsDeploy.Tui.Drawing;

/// <summary>One of the sixteen colours every terminal has, or the terminal's own (<see cref="None"/>).</summary>
public readonly record struct Color
{
    // One above the number of the colour, so that the default is the terminal's own.
    private readonly byte _index;

    public Color(ColorName16 name) => _index = (byte)(name + 1);

    public static Color None => default;

    public static Color Black => new(ColorName16.Black);

    public static Color Blue => new(ColorName16.Blue);

    public static Color Green => new(ColorName16.Green);

    public static Color Cyan => new(ColorName16.Cyan);

    public static Color Red => new(ColorName16.Red);

    public static Color Magenta => new(ColorName16.Magenta);

    public static Color Yellow => new(ColorName16.Yellow);

    public static Color Gray => new(ColorName16.Gray);

    public static Color DarkGray => new(ColorName16.DarkGray);

    public static Color BrightBlue => new(ColorName16.BrightBlue);

    public static Color BrightGreen => new(ColorName16.BrightGreen);

    public static Color BrightCyan => new(ColorName16.BrightCyan);

    public static Color BrightRed => new(ColorName16.BrightRed);

    public static Color BrightMagenta => new(ColorName16.BrightMagenta);

    public static Color BrightYellow => new(ColorName16.BrightYellow);

    public static Color White => new(ColorName16.White);

    /// <summary>Null: the terminal's own.</summary>
    internal ColorName16? Name => _index == 0 ? null : (ColorName16)(_index - 1);
}
