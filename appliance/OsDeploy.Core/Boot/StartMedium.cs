namespace OsDeploy.Boot;

/// <summary>A stick or a disc that PCs are started from.</summary>
public static class StartMedium
{
    /// <summary>How the label of its volume begins, also where a tool has copied its files to a stick in its own way.</summary>
    public const string LabelStart = "OSDEPLOY_";

    public static bool IsLabel(string? label) => label?.StartsWith(LabelStart, StringComparison.OrdinalIgnoreCase) == true;
}
