using System.Collections.ObjectModel;
using System.Drawing;
using System.Text;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>One of many lines. What is typed leads to the first line that begins so, or else has it anywhere.</summary>
internal sealed class ListPopup : Popup
{
    private readonly IReadOnlyList<string> _lines;
    private readonly ListView _list = new() { Width = Dim.Fill(), Height = Dim.Fill() };
    private string _typed = "";

    /// <param name="lines">At least one.</param>
    public ListPopup(IReadOnlyList<string> lines, int selected)
    {
        _lines = lines;
        // What is typed stands in the border as it is.
        HotKeySpecifier = new Rune('\uFFFF');
        _list.SetSource(new ObservableCollection<string>(lines));
        _list.SelectedItem = Math.Clamp(selected, 0, lines.Count - 1);
        _list.KeyDown += (_, key) => key.Handled = OnKey(key);
        _list.MouseEvent += (_, mouse) => mouse.Handled = OnListMouse(mouse);
        Add(_list);
    }

    /// <summary>Null: none.</summary>
    public int? Chosen { get; private set; }

    public void Show(IApplication app, Rectangle anchor)
    {
        var widest = _lines.Max(line => UnicodeWidth.Of(line)) + 1;
        Place(app, anchor, new Size(Math.Max(widest + 2, anchor.Width), _lines.Count + 2));
        app.Run(this);
    }

    /// <summary>As if it were typed.</summary>
    public void Type(Rune typed) => Search(_typed + typed);

    private bool OnKey(Key key)
    {
        switch (key.KeyCode)
        {
            case KeyCode.Enter:
            case KeyCode.Space when _typed.Length == 0:
                Choose();
                return true;
            case KeyCode.Backspace:
                Search(_typed.Length == 0 ? "" : _typed[..^1]);
                return true;
            default:
                return key.AsRune is { Value: not 0 } typed && Search(_typed + typed);
        }
    }

    private bool OnListMouse(Mouse mouse)
    {
        if (!mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked) || mouse.Position is not { } position)
        {
            return false;
        }

        var line = _list.Viewport.Y + position.Y;
        if (line < _lines.Count)
        {
            _list.SelectedItem = line;
            Choose();
        }

        return true;
    }

    private void Choose()
    {
        Chosen = _list.SelectedItem;
        RequestStop();
    }

    // What leads nowhere is not kept.
    private bool Search(string typed)
    {
        var found = Find(line => line.StartsWith(typed, StringComparison.CurrentCultureIgnoreCase))
            ?? Find(line => line.Contains(typed, StringComparison.CurrentCultureIgnoreCase));
        if (found is { } line)
        {
            _typed = typed;
            Title = typed;
            _list.SelectedItem = typed.Length == 0 ? _list.SelectedItem : line;
        }

        return true;
    }

    private int? Find(Func<string, bool> isMeant)
    {
        var line = _lines.ToList().FindIndex(text => isMeant(text));
        return line < 0 ? null : line;
    }
}
