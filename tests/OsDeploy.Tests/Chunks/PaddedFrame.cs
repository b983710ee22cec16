namespace OsDeploy.Tests.Chunks;

/// <summary>A frame that decodes to its chunk but is longer than any compressor makes it: zstd allows blocks without content.</summary>
internal static class PaddedFrame
{
    /// <param name="blocks">Empty blocks of three bytes, put before the first block.</param>
    public static byte[] Of(byte[] frame, int blocks) => [.. frame.AsSpan(0, HeaderLength(frame)), .. new byte[blocks * 3], .. frame.AsSpan(HeaderLength(frame))];

    // RFC 8878 section 3.1.1.1: magic number, descriptor, window (unless the frame is a single segment), content size.
    private static int HeaderLength(byte[] frame)
    {
        var isSingleSegment = (frame[4] & 0x20) != 0;
        var contentSize = (frame[4] >> 6) switch { 0 => isSingleSegment ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        return 4 + 1 + (isSingleSegment ? 0 : 1) + contentSize;
    }
}
