namespace OsDeploy.Tui.ViewBase;

public enum NavigationDirection
{
    Forward,
    Backward,
}
