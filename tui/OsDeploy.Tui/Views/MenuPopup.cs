using System.Drawing;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>The rows of one menu while it is open.</summary>
internal sealed class MenuPopup : Popup
{
    private readonly IReadOnlyList<View> _rows;

    public MenuPopup(IReadOnlyList<View> rows)
    {
        _rows = rows;
        this.Bind(Command.Left, () => Turn(-1), Key.CursorLeft);
        this.Bind(Command.Right, () => Turn(1), Key.CursorRight);
        for (var row = 0; row < rows.Count; row++)
        {
            rows[row].Y = row;
            rows[row].Width = Dim.Fill();
            rows[row].Activating += Choose;
            Add(rows[row]);
        }
    }

    /// <summary>Null: none.</summary>
    public MenuItem? Chosen { get; private set; }

    /// <summary>To the menu on the left or on the right of this one; 0: to none.</summary>
    public int Step { get; private set; }

    public void Show(IApplication app, Rectangle anchor, Key closer)
    {
        var widest = _rows.OfType<MenuItem>().Select(row => row.NeededColumns()).DefaultIfEmpty().Max();
        this.Bind(Command.Toggle, Leave, closer);
        Place(app, anchor, new Size(widest + 2, _rows.Count + 2));
        try
        {
            app.Run(this);
        }
        finally
        {
            // The rows are used again.
            foreach (var row in RemoveAll())
            {
                row.Activating -= Choose;
            }
        }
    }

    // What it does comes after the menu is gone: it may show a screen of its own.
    private void Choose(object? sender, CommandEventArgs e)
    {
        e.Handled = true;
        Chosen = sender as MenuItem;
        RequestStop();
    }

    private bool? Turn(int step)
    {
        Step = step;
        return Leave();
    }
}
