namespace OsDeploy.SetUp;

/// <summary>The volume of everything that an appliance keeps.</summary>
public static class DataVolume
{
    /// <summary>
    /// Of its ext4. It is written last when a disk is prepared: what has it is whole. At most 16 bytes, none of which blkid would write in
    /// another way.
    /// </summary>
    public const string Label = "osdeploy-data";

    /// <summary>Where it is mounted, and where what is kept lies if there is none.</summary>
    public const string UsualFolder = "/var/lib/osdeploy";

    /// <summary>Bytes of the smallest disk that is taken.</summary>
    public const long LeastSize = 2L << 30;
}
