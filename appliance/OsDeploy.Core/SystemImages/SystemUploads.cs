namespace OsDeploy.SystemImages;

/// <summary>Where an update waits that was sent to the daemon, for the helper to look at.</summary>
public static class SystemUploads
{
    /// <summary>In the folder of the appliance's volume.</summary>
    public const string FilePath = "update/osdeploy.iso";

    /// <summary>Bytes of the largest.</summary>
    public const long MaxLength = 1L << 30;
}
