using System.Text;

namespace OsDeploy.Disks;

/// <param name="Device">"major:minor" as the kernel counts it; btrfs and others invent one.</param>
/// <param name="Source">What was mounted, usually a device node.</param>
internal sealed record MountEntry(string Device, string Folder, string Source);

/// <summary>The mounts this process sees (proc(5), mountinfo).</summary>
internal static class MountTable
{
    public static IReadOnlyList<MountEntry> Read() => Parse(File.ReadAllText("/proc/self/mountinfo"));

    /// <param name="folder">Absolute.</param>
    public static bool IsMountPoint(string folder) => Read().Any(mount => mount.Folder == folder);

    internal static IReadOnlyList<MountEntry> Parse(string text)
    {
        var mounts = new List<MountEntry>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // 36 35 98:0 /root /folder options [optional...] - type source superoptions
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-");
            if (fields.Length > 5 && dash > 5 && fields.Length > dash + 2)
            {
                mounts.Add(new(fields[2], Decode(fields[4]), Decode(fields[dash + 2])));
            }
        }

        return mounts;
    }

    /// <summary>Undoes the kernel's <c>\040</c> for blanks and the like.</summary>
    internal static string Decode(string field)
    {
        var text = new StringBuilder();
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length && field.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                text.Append((char)Convert.ToInt32(field.Substring(i + 1, 3), 8));
                i += 3;
            }
            else
            {
                text.Append(field[i]);
            }
        }

        return text.ToString();
    }
}
