namespace OsDeploy.Tui.Input;

[Flags]
public enum MouseFlags
{
    None = 0,
    LeftButtonPressed = 0x2,
    LeftButtonReleased = 0x1,
    LeftButtonClicked = 0x4,
    LeftButtonDoubleClicked = 0x8,
    WheeledUp = 0x10000000,
    WheeledDown = 0x20000000,
}
