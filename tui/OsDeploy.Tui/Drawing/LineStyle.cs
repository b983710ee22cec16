namespace OsDeploy.Tui.Drawing;

public enum LineStyle
{
    None,
    Single,
    Double,
}
