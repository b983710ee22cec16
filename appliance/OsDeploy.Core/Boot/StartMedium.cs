namespace OsDeploy.Boot;

/// <summary>A stick or a disc that PCs are started from.</summary>
public static class StartMedium
{
    /// <summary>How the label of its volume begins, also where a tool has copied its files to a stick in its own way.</summary>
    public const string LabelStart = "OSDEPLOY_";

    /// <summary>MiB of memory that a PC needs to be started with what wireless cards need.</summary>
    public const int WirelessMemory = 768;

    /// <summary>The first file of that part of the medium.</summary>
    public const string WirelessBegun = "etc/osdeploy/wireless";

    /// <summary>The last one: without it there was no room to unpack the rest.</summary>
    public const string WirelessComplete = "var/lib/osdeploy/wireless-complete";

    public static bool IsLabel(string? label) => label?.StartsWith(LabelStart, StringComparison.OrdinalIgnoreCase) == true;
}
