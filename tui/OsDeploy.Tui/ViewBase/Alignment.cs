namespace OsDeploy.Tui.ViewBase;

public enum Alignment
{
    Start,
    End,
}
