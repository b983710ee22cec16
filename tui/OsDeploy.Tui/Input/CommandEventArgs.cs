using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Input;

/// <summary>A command on its way. Whoever sets <see cref="Handled"/> ends it there.</summary>
public sealed class CommandEventArgs : EventArgs
{
    public ICommandContext? Context { get; init; }

    public bool Handled { get; set; }
}

public interface ICommandContext
{
    Command Command { get; }

    /// <summary>The view it began at.</summary>
    WeakReference<View>? Source { get; }
}

internal sealed record CommandContext(Command Command, WeakReference<View>? Source) : ICommandContext;
