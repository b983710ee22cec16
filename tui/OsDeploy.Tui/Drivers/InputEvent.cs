using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.Drivers;

/// <summary>Something came from the terminal.</summary>
internal abstract record InputEvent
{
    private InputEvent()
    {
    }

    public sealed record Pressed(Key Key) : InputEvent;

    /// <summary>Text that came in one piece: its line ends do not press a button.</summary>
    public sealed record Pasted(string Text) : InputEvent;

    public sealed record Moused(Mouse Mouse) : InputEvent;

    public sealed record Resized : InputEvent;

    /// <summary>The terminal is gone.</summary>
    public sealed record HungUp : InputEvent;
}
