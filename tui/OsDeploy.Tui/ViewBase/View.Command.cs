using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.ViewBase;

public partial class View
{
    private readonly Dictionary<Command, Func<ICommandContext?, bool?>> _commands = [];

    public View()
    {
        AddCommand(Command.Accept, RaiseAccepting);
        AddCommand(Command.Activate, RaiseActivating);
        AddCommand(Command.HotKey, ctx => RaiseHandlingHotKey(ctx) is true || SetFocus());
        KeyBindings.Add(Key.Enter, Command.Accept);
        KeyBindings.Add(Key.Space, Command.Activate);
    }

    /// <summary>Before anything comes of it: whoever sets Handled takes it on himself.</summary>
    public event EventHandler<CommandEventArgs>? Accepting;

    /// <summary>Nobody took it on himself.</summary>
    public event EventHandler<CommandEventArgs>? Accepted;

    public event EventHandler<CommandEventArgs>? Activating;

    public event EventHandler<CommandEventArgs>? HandlingHotKey;

    /// <returns>True: done; false: not done; null: the view does not know the command.</returns>
    public bool? InvokeCommand(Command command) => InvokeCommand(command, new CommandContext(command, new WeakReference<View>(this)));

    public bool? InvokeCommand(Command command, ICommandContext? ctx) => _commands.TryGetValue(command, out var run) ? run(ctx) : null;

    protected void AddCommand(Command command, Func<ICommandContext?, bool?> impl) => _commands[command] = impl;

    protected void AddCommand(Command command, Func<bool?> impl) => _commands[command] = _ => impl();

    private protected void AddCommand(Command command, Action impl) => _commands[command] = _ =>
    {
        impl();
        return true;
    };

    internal void Bind(Command command, Func<bool?> impl, params Key[] keys)
    {
        AddCommand(command, impl);
        foreach (var key in keys)
        {
            KeyBindings.ReplaceCommands(key, command);
        }
    }

    /// <returns>True: do no more.</returns>
    protected virtual bool OnAccepting(CommandEventArgs args) => false;

    protected virtual void OnAccepted(ICommandContext? ctx)
    {
    }

    protected virtual bool OnActivating(CommandEventArgs args) => false;

    protected virtual bool OnHandlingHotKey(CommandEventArgs args) => false;

    /// <summary>What nobody takes on himself presses the default button beside the view, or goes to the view that holds it.</summary>
    protected bool? RaiseAccepting(ICommandContext? ctx)
    {
        var args = new CommandEventArgs { Context = ctx };
        if (OnAccepting(args))
        {
            return true;
        }

        Accepting?.Invoke(this, args);
        if (args.Handled)
        {
            return true;
        }

        OnAccepted(ctx);
        Accepted?.Invoke(this, args);
        Hand(Command.Accept, ctx);
        return true;
    }

    protected bool? RaiseActivating(ICommandContext? ctx)
    {
        var args = new CommandEventArgs { Context = ctx };
        if (OnActivating(args))
        {
            return true;
        }

        Activating?.Invoke(this, args);
        return args.Handled;
    }

    protected bool? RaiseHandlingHotKey(ICommandContext? ctx)
    {
        var args = new CommandEventArgs { Context = ctx };
        if (OnHandlingHotKey(args))
        {
            return true;
        }

        HandlingHotKey?.Invoke(this, args);
        return args.Handled;
    }

    /// <returns>Null: the view knows none of them.</returns>
    private bool? InvokeCommands(Command[] commands)
    {
        bool? result = null;
        foreach (var command in commands)
        {
            var done = InvokeCommand(command);
            result = done is true || result is null ? done : result;
        }

        return result;
    }

    private void Hand(Command command, ICommandContext? ctx)
    {
        if (SuperView is not { } holder)
        {
            return;
        }

        // Whoever presses Cancel does not mean OK.
        var isPressed = ctx?.Source?.TryGetTarget(out var source) is true && source is Views.Button;
        var button = holder.DefaultAcceptView;
        _ = !isPressed && button is { Enabled: true, Visible: true } && button != this
            ? button.InvokeCommand(command)
            : holder.InvokeCommand(command, ctx);
    }

    /// <summary>The button that Enter means where nothing else does; null: the one that says so of itself.</summary>
    public View? DefaultAcceptView
    {
        get => field ?? _subViews.Find(view => view is Views.Button { IsDefault: true });
        set;
    }
}
