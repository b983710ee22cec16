namespace OsDeploy.Tui.ViewBase;

[Flags]
public enum DimAutoStyle
{
    Content = 1,
    Text = 2,
    Auto = Content | Text,
}
