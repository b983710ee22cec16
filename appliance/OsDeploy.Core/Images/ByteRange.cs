namespace OsDeploy.Images;

/// <summary>A run of bytes: <c>[Start, End)</c>.</summary>
public readonly record struct ByteRange(long Start, long Length)
{
    public long End => Start + Length;

    public static ByteRange Between(long start, long end) => new(start, end - start);
}
