namespace OsDeploy.Tui.Views;

public enum CheckState
{
    /// <summary>Neither: not known, or not the same for all.</summary>
    None,

    Checked,
    UnChecked,
}
