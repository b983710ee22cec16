using System.Buffers.Binary;

namespace OsDeploy.Windows;

/// <summary>The first block of a hive, as far as it says whether the rest can be believed.</summary>
/// <param name="Minor">Version 1.x: 3 is Windows 2000 and users of XP, 5 is what came after.</param>
internal readonly record struct HiveHeader(uint First, uint Second, uint Minor)
{
    public const int Size = 512;

    private const uint LongValues = 4;
    private const uint HashedLists = 5;

    /// <summary>Windows raises the first number before it writes and the second when it has written.</summary>
    public bool IsDirty => First != Second;

    /// <summary>Data of more than <see cref="HiveValue.MostInOneCell"/> bytes lie in several cells.</summary>
    public bool SplitsLongValues => Minor >= LongValues;

    /// <summary>Lists of keys may hold hashes; Windows 2000 does not know those.</summary>
    public bool HasHashedLists => Minor >= HashedLists;

    /// <exception cref="UserErrorException"><c>hive-damaged</c></exception>
    /// <param name="name">What people are told of it; null: its path.</param>
    public static HiveHeader Read(string path, string? name = null)
    {
        var block = new byte[Size];
        try
        {
            using var file = File.OpenRead(path);
            if (file.ReadAtLeast(block, Size, throwOnEndOfStream: false) < Size)
            {
                throw WindowsErrors.HiveDamaged(name ?? path, "it is too short");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WindowsErrors.HiveUnreadable(name ?? path, e);
        }

        return block.AsSpan().StartsWith("regf"u8)
            ? new HiveHeader(Number(block, 4), Number(block, 8), Number(block, 24))
            : throw WindowsErrors.HiveDamaged(name ?? path, "it does not begin like one");
    }

    private static uint Number(byte[] block, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(offset));
}
