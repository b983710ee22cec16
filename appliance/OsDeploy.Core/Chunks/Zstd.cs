using System.Runtime.InteropServices;

namespace OsDeploy.Chunks;

/// <summary>The eight functions of libzstd that chunks need. Source: zstd.h of libzstd 1.5, https://facebook.github.io/zstd/zstd_manual.html</summary>
internal static partial class Zstd
{
    private const string Library = "libzstd.so.1";

    [LibraryImport(Library)]
    internal static partial nint ZSTD_createCCtx();

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Library)]
    internal static unsafe partial nuint ZSTD_compressCCtx(nint context, byte* destination, nuint capacity, byte* source, nuint length, int level);

    [LibraryImport(Library)]
    internal static partial nint ZSTD_createDCtx();

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(Library)]
    internal static unsafe partial nuint ZSTD_decompressDCtx(nint context, byte* destination, nuint capacity, byte* source, nuint length);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_compressBound(nuint length);

    [LibraryImport(Library)]
    internal static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Library)]
    internal static unsafe partial ulong ZSTD_getFrameContentSize(byte* source, nuint length);

    [LibraryImport(Library)]
    internal static unsafe partial nuint ZSTD_findFrameCompressedSize(byte* source, nuint length);
}
