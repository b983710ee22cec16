namespace OsDeploy.Tui.Drawing;

[Flags]
public enum TextStyle : byte
{
    None = 0,
    Bold = 1,
    Faint = 2,
    Underline = 8,
    Reverse = 32,
}
