namespace OsDeploy.Tui.Views;

public enum ProgressBarFormat
{
    Simple,

    /// <summary>With the percentage, or a text, in its middle.</summary>
    SimplePlusPercentage,
}
