namespace OsDeploy.Screens.Shell;

/// <summary>Lines as they are: an underscore in the name of a host is no hot key.</summary>
internal sealed class PlainText : View
{
    public VisualRole Role { get; set; } = VisualRole.Normal;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        SetAttributeForRole(Role);
        var row = 0;
        foreach (var line in Text.Split('\n'))
        {
            Move(0, row++);
            AddStr(line);
        }

        return true;
    }
}
