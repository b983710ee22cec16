namespace OsDeploy.Lab.Pcs;

internal enum PcFirmware
{
    Bios,
    Uefi,

    /// <summary>UEFI with Microsoft's keys, which refuses what they have not signed.</summary>
    SecureBoot,
}
