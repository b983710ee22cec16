namespace OsDeploy.Tui.ViewBase;

public enum TabBehavior
{
    /// <summary>The Tab key passes it by.</summary>
    NoStop,

    TabStop,

    TabGroup,
}
