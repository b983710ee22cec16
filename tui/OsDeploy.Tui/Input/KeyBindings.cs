using OsDeploy.Tui.Drivers;

namespace OsDeploy.Tui.Input;

/// <summary>Which keys mean what to one view.</summary>
public sealed class KeyBindings
{
    private readonly Dictionary<KeyCode, Command[]> _commands = [];

    public void Add(Key key, params Command[] commands)
    {
        if (!_commands.TryAdd(key.KeyCode, commands))
        {
            throw new InvalidOperationException($"{key} is bound already.");
        }
    }

    public void ReplaceCommands(Key key, params Command[] newCommands) => _commands[key.KeyCode] = newCommands;

    public bool Remove(Key key) => _commands.Remove(key.KeyCode);

    public void Clear() => _commands.Clear();

    public Command[] GetCommands(Key key) => _commands.GetValueOrDefault(key.KeyCode) ?? [];
}
