namespace OsDeploy.Tui.ViewBase;

public enum Orientation
{
    Horizontal,
    Vertical,
}
