using Microsoft.Win32.SafeHandles;

namespace OsDeploy.Chunks.Folder;

/// <summary>A positioned read that goes on until the buffer is full or the file ends: the kernel may return less.</summary>
internal static class FullRead
{
    public static int At(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        var total = 0;
        for (int read; total < buffer.Length && (read = RandomAccess.Read(file, buffer[total..], offset + total)) > 0;)
        {
            total += read;
        }

        return total;
    }
}
