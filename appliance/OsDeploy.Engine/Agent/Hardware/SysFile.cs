using System.Text;

namespace OsDeploy.Agent.Hardware;

/// <summary>Small files of the kernel. What may not be read counts as missing.</summary>
internal static class SysFile
{
    private const int MaxFile = 4096;

    /// <returns>The first line without blanks around it; null if there is none.</returns>
    public static string? Line(string path) =>
        Bytes(path) is { } bytes && Encoding.UTF8.GetString(bytes).Split('\n', '\0')[0].Trim() is { Length: > 0 } text ? text : null;

    /// <returns>Not more than 4 KiB; null: there are none.</returns>
    public static byte[]? Bytes(string path)
    {
        var buffer = new byte[MaxFile];
        try
        {
            using var file = File.OpenHandle(path);
            return buffer[..RandomAccess.Read(file, buffer, 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}
