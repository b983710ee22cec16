namespace OsDeploy.Tui.Drawing;

/// <summary>How a cell looks.</summary>
public readonly record struct Attribute(Color Foreground, Color Background, TextStyle Style = TextStyle.None);
