using System.Globalization;
using System.Text;

namespace OsDeploy.Disks;

/// <summary>What blkid recognises in a range of a disk.</summary>
internal sealed record BlkidResult(string? Type, string? Version, string? Uuid, string? Label)
{
    public static readonly BlkidResult Nothing = new(null, null, null, null);
}

/// <summary>Low-level probing: no cache, no udev, no partition nodes.</summary>
internal static class Blkid
{
    private const int NothingFound = 2;
    private const int Ambiguous = 8; // two signatures contradict each other: unknown content

    public static async Task<BlkidResult> ProbeAsync(string path, long offset, long length, CancellationToken cancel)
    {
        var result = await new Command(
                "blkid", "--probe", "--output", "udev", "--usages", "filesystem,raid,crypto,other",
                "--offset", offset.ToString(CultureInfo.InvariantCulture), "--size", length.ToString(CultureInfo.InvariantCulture), path)
            .Accepting(code => code is 0 or NothingFound or Ambiguous)
            .RunAsync(cancel);
        return result.ExitCode == 0 ? Parse(result.Output) : BlkidResult.Nothing;
    }

    internal static BlkidResult Parse(string output)
    {
        var values = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0])
            .ToDictionary(group => group.Key, group => Decode(group.First()[1]));
        return new(
            values.GetValueOrDefault("ID_FS_TYPE"),
            values.GetValueOrDefault("ID_FS_VERSION"),
            values.GetValueOrDefault("ID_FS_UUID_ENC"),
            values.GetValueOrDefault("ID_FS_LABEL_ENC"));
    }

    // udev's encoding: bytes that are not harmless are written \xHH.
    private static string Decode(string value)
    {
        var encoded = Encoding.UTF8.GetBytes(value).AsSpan();
        var decoded = new List<byte>(encoded.Length);
        while (!encoded.IsEmpty)
        {
            var isEscape = encoded is [(byte)'\\', (byte)'x', _, _, ..];
            if (isEscape && byte.TryParse(encoded[2..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hidden))
            {
                decoded.Add(hidden);
                encoded = encoded[4..];
            }
            else
            {
                decoded.Add(encoded[0]);
                encoded = encoded[1..];
            }
        }

        return Encoding.UTF8.GetString([.. decoded]);
    }
}
