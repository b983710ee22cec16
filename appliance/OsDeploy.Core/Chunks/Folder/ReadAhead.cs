using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OsDeploy.Chunks.Folder;

/// <summary>Asks the kernel to read chunks that will be wanted soon, in few large operations.</summary>
internal static partial class ReadAhead
{
    // Reading over a gap this small costs a disk less than another operation.
    private const int WorthReadingOver = 256 << 10;

    // The kernel cuts one request of this kind at the device's largest operation and drops the rest.
    private const int Slice = 1 << 20;
    private const int WillNeed = 3; // POSIX_FADV_WILLNEED

    public static void Request(PackHandles handles, IEnumerable<ChunkPlace> places)
    {
        foreach (var inPack in places.GroupBy(place => place.Pack))
        {
            try
            {
                using var rented = handles.Rent(inPack.Key);
                Request(rented.File, inPack);
            }
            catch (IOException)
            {
                // A hint: whoever reads the chunk will hear about the disk.
            }
        }
    }

    private static void Request(SafeFileHandle file, IEnumerable<ChunkPlace> places)
    {
        var (start, end) = (0L, 0L);
        foreach (var place in places.OrderBy(place => place.Offset))
        {
            if (place.Offset - end > WorthReadingOver || end == 0)
            {
                Advise(file, start, end);
                start = place.Offset;
            }

            end = place.Offset + place.Length;
        }

        Advise(file, start, end);
    }

    private static void Advise(SafeFileHandle file, long start, long end)
    {
        for (var offset = start; offset < end; offset += Slice)
        {
            _ = posix_fadvise(file, offset, Math.Min(Slice, end - offset), WillNeed);
        }
    }

    [LibraryImport("libc")]
    private static partial int posix_fadvise(SafeFileHandle file, long offset, long length, int advice);
}
