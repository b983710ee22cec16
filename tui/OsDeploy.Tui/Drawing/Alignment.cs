namespace OsDeploy.Tui.Drawing;

public enum Alignment
{
    Start,
    End,
}
