using System.Buffers.Binary;

namespace OsDeploy.Disks;

/// <summary>
/// The restart pages at the head of $LogFile tell whether an NTFS was closed in order: the same question, answered the same way, as
/// ntfs-3g's <c>ntfs_is_logfile_clean</c> (libntfs-3g/logfile.c).
/// </summary>
internal static class NtfsLog
{
    private const int PageSize = 4096;
    private const ushort NoClient = 0xFFFF;
    private const ushort VolumeIsClean = 2;

    /// <param name="head">The first two pages of $LogFile.</param>
    public static bool IsClean(ReadOnlySpan<byte> head)
    {
        if (!head.IsEmpty && !head.ContainsAnyExcept((byte)0xFF))
        {
            return true; // emptied: nothing to redo
        }

        var isClean = false;
        var newest = ulong.MinValue;
        for (var page = 0; page + PageSize <= head.Length; page += PageSize)
        {
            if (TryReadRestart(head.Slice(page, PageSize), out var number, out var wasClosed) && number >= newest)
            {
                (newest, isClean) = (number, wasClosed);
            }
        }

        return isClean;
    }

    private static bool TryReadRestart(ReadOnlySpan<byte> page, out ulong number, out bool wasClosed)
    {
        (number, wasClosed) = (0, false);
        var area = BinaryPrimitives.ReadUInt16LittleEndian(page[0x18..]);
        if (!page.StartsWith("RSTR"u8) || area > PageSize - 16)
        {
            return false; // also CHKD: a check that changed something and has not been followed by a clean mount
        }

        number = BinaryPrimitives.ReadUInt64LittleEndian(page[area..]);
        var client = BinaryPrimitives.ReadUInt16LittleEndian(page[(area + 12)..]);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(page[(area + 14)..]);
        wasClosed = client == NoClient || (flags & VolumeIsClean) != 0;
        return true;
    }
}
