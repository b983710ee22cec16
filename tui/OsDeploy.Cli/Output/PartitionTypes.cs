namespace OsDeploy.Cli.Output;

/// <summary>The names people know partition types by. Sources: UEFI specification 5.3.3, Microsoft's GPT FAQ, the Discoverable Partitions Specification.</summary>
internal static class PartitionTypes
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["C12A7328-F81F-11D2-BA4B-00A0C93EC93B"] = "EFI system",
        ["E3C9E316-0B5C-4DB8-817D-F92DF00215AE"] = "Microsoft reserved",
        ["EBD0A0A2-B9E5-4433-87C0-68B6B72699C7"] = "basic data",
        ["DE94BBA4-06D1-4D40-A16A-BFD50179D6AC"] = "Windows recovery",
        ["0FC63DAF-8483-4772-8E79-3D69D8477DE4"] = "Linux",
        ["4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709"] = "Linux root",
        ["933AC7E1-2EB4-4F13-B844-0E14E2AEF915"] = "Linux home",
        ["0657FD6D-A4AB-43C4-84E5-0933C84B4F4F"] = "Linux swap",
        ["E6D6D379-F507-44C2-A23C-238F2A3DF928"] = "Linux LVM",
        ["A19D880F-05FC-4D3B-A006-743F0F84911E"] = "Linux RAID",
        ["21686148-6449-6E6F-744E-656564454649"] = "BIOS boot",
        ["5"] = "extended",
        ["f"] = "extended",
        ["85"] = "extended",
        ["6"] = "FAT16",
        ["e"] = "FAT16",
        ["7"] = "NTFS/exFAT",
        ["b"] = "FAT32",
        ["c"] = "FAT32",
        ["27"] = "Windows recovery",
        ["82"] = "Linux swap",
        ["83"] = "Linux",
        ["8e"] = "Linux LVM",
        ["ef"] = "EFI system",
        ["fd"] = "Linux RAID",
    };

    /// <param name="type">As sfdisk writes it.</param>
    public static string NameOf(string type) => s_names.GetValueOrDefault(type, type);
}
