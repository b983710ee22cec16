using System.Drawing;

namespace OsDeploy.Tui.Views;

/// <param name="Cursor">Column and row of the cell, from 0.</param>
public sealed record TableSelection(Point Cursor);
