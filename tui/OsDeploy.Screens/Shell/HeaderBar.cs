namespace OsDeploy.Screens.Shell;

/// <summary>The first line: what stands at the left gives way to what stands at the right.</summary>
internal sealed class HeaderBar : View
{
    private string _left = "";
    private string _right = "";

    public void Show(string left, string right)
    {
        (_left, _right) = (left, right);
        SetNeedsDraw();
    }

    protected override bool OnDrawingContent(DrawContext? context)
    {
        SetAttributeForRole(VisualRole.Normal);
        var room = Math.Max(Viewport.Width - _right.Length - 1, 0);
        Move(0, 0);
        AddStr(_left.PadRight(room)[..room] + " " + _right);
        return true;
    }
}
