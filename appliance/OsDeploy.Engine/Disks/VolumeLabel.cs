using System.Text;

namespace OsDeploy.Disks;

/// <summary>A label as a file system can carry it. It may come from a file system of another kind, which took more.</summary>
internal static class VolumeLabel
{
    private const string NotInFat = "*?.,;:/\\|+=<>[]\"";

    /// <returns>Null: no label.</returns>
    public static string? Fit(string fs, string? label)
    {
        label ??= "";
        var isFat = fs is "fat16" or "fat32";
        var fitted = new StringBuilder();
        var room = Room(fs);
        foreach (var rune in (isFat ? label.Trim() : label).EnumerateRunes())
        {
            // mkfs.fat takes no letter beyond ASCII.
            var taken = isFat && (!rune.IsAscii || NotInFat.Contains((char)rune.Value, StringComparison.Ordinal)) ? new Rune('_') : rune;
            room -= fs == "ntfs" ? taken.Utf16SequenceLength : taken.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            fitted.Append(Rune.IsControl(taken) ? "_" : taken.ToString());
        }

        return fitted.Length == 0 ? null : fitted.ToString();
    }

    // Bytes; on NTFS characters of UTF-16, as Windows counts them.
    private static int Room(string fs) => fs switch
    {
        "fat16" or "fat32" => 11,
        "xfs" => 12,
        "swap" => 15,
        "ext2" or "ext3" or "ext4" => 16,
        "ntfs" => 32,
        "btrfs" => 255,
        _ => int.MaxValue,
    };
}
