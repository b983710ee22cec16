namespace OsDeploy.Disks;

/// <summary>Partition types that mean something here, as sfdisk writes them.</summary>
internal static class PartitionTypes
{
    public const string GptEfiSystem = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";
    private const string GptBiosBoot = "21686148-6449-6E6F-744E-656564454649";

    /// <summary>MBR types that a vendor, Windows or the firmware keeps for itself, and ESP: none of them ever grows.</summary>
    private static readonly HashSet<string> s_reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        GptEfiSystem,
        "E3C9E316-0B5C-4DB8-817D-F92DF00215AE", // Microsoft reserved
        "DE94BBA4-06D1-4D40-A16A-BFD50179D6AC", // Windows recovery
        "5808C8AA-7E8F-42E0-85D2-E1E90434CFB3", // Windows LDM metadata
        GptBiosBoot,
        "BC13C2FF-59E6-4262-A352-B275FD6F7172", // Linux extended boot
        "BFBFAFE7-A34F-448A-9A5B-6213EB736C22", // Lenovo recovery
        "F4019732-066E-4E12-8273-346C5641494F", // Sony recovery
        "D3BFE2DE-3DAF-11DF-BA40-E3A556D89593", // Intel Rapid Start
        "ef", // EFI system
        "12", // Compaq/HP diagnostics
        "27", // Windows recovery
        "de", // Dell diagnostics
        "11", "14", "16", "17", "1b", "1c", "1e", // hidden FAT and NTFS
        "88", "84", "fe", "bb", // OEM recovery
    };

    public static bool IsEfiSystem(string type) =>
        type.Equals(GptEfiSystem, StringComparison.OrdinalIgnoreCase) || type.Equals("ef", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where GRUB keeps what a BIOS starts on a GPT disk.</summary>
    public static bool IsBiosBoot(string type) => type.Equals(GptBiosBoot, StringComparison.OrdinalIgnoreCase);

    public static bool IsReserved(string type) => s_reserved.Contains(type);

    public static bool IsContainer(string label, string type) => label == "dos" && type.TrimStart('0') is "5" or "f" or "F" or "85";

    public static bool IsContainer(byte mbrType) => mbrType is 0x05 or 0x0F or 0x85;
}
