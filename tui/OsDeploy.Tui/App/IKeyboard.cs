using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.App;

public interface IKeyboard
{
    /// <summary>Before any view sees the key.</summary>
    event EventHandler<Key>? KeyDown;

    /// <summary>As if the key had been pressed.</summary>
    bool RaiseKeyDownEvent(Key key);
}
