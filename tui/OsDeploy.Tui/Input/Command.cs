namespace OsDeploy.Tui.Input;

/// <summary>What a key means to a view.</summary>
public enum Command
{
    NotBound,

    /// <summary>This is my answer: Enter, or a button that is pressed.</summary>
    Accept,

    HotKey,

    /// <summary>Change the state: a check mark, a choice.</summary>
    Activate,

    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Start,
    End,
    LeftStart,
    RightEnd,
    WordLeft,
    WordRight,
    KillWordLeft,
    DeleteCharLeft,
    DeleteCharRight,
    CutToEndOfLine,
    CutToStartOfLine,
    DeleteAll,
    SelectAll,
    Cancel,
    Quit,
    Refresh,
    Toggle,
    NextTabStop,
    PreviousTabStop,
}
