using System.Buffers.Binary;
using System.Text;

namespace OsDeploy.ImageBuilder.Tree;

/// <summary>What a program or library of 64-bit Linux needs before it runs (ELF-64 Object File Format 1.5, chapters 5 and 6).</summary>
/// <param name="Interpreter">Path of its loader; null: it brings all it needs, or is a library.</param>
/// <param name="Needed">Names of libraries.</param>
internal sealed record Elf(string? Interpreter, IReadOnlyList<string> Needed)
{
    private const int HeaderSize = 64;
    private const int SegmentSize = 56;
    private const uint SegmentLoad = 1;
    private const uint SegmentDynamic = 2;
    private const uint SegmentInterpreter = 3;
    private const long TagNeeded = 1;
    private const long TagStrings = 5;

    public static bool IsElf(ReadOnlySpan<byte> file) => file.Length > HeaderSize && file.StartsWith("\x7F"u8) && file[1..4].SequenceEqual("ELF"u8) && file[4] == 2 && file[5] == 1;

    /// <returns>Null: it is no such file, or damaged.</returns>
    public static Elf? TryRead(ReadOnlySpan<byte> file)
    {
        if (!IsElf(file))
        {
            return null;
        }

        try
        {
            return Read(file);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private static Elf Read(ReadOnlySpan<byte> file)
    {
        var segments = new List<Segment>();
        var (table, count) = (checked((int)U64(file, 32)), U16(file, 56));
        for (var i = 0; i < count; i++)
        {
            var at = file.Slice(table + (i * SegmentSize), SegmentSize);
            segments.Add(new Segment(BinaryPrimitives.ReadUInt32LittleEndian(at), checked((long)U64(at, 8)), checked((long)U64(at, 16)), checked((long)U64(at, 32))));
        }

        var interpreter = segments.Find(segment => segment.Kind == SegmentInterpreter) is { } named ? TextAt(file, named.Offset) : null;
        var dynamic = segments.Find(segment => segment.Kind == SegmentDynamic);
        return new Elf(interpreter, dynamic is null ? [] : NeededIn(file, segments, dynamic));
    }

    private static List<string> NeededIn(ReadOnlySpan<byte> file, List<Segment> segments, Segment dynamic)
    {
        var (names, strings) = (new List<long>(), 0L);
        for (var offset = dynamic.Offset; offset < dynamic.Offset + dynamic.Size; offset += 16)
        {
            var (tag, value) = (checked((long)U64(file, offset)), checked((long)(U64(file, offset + 8) & long.MaxValue)));
            switch (tag)
            {
                case 0:
                    offset = dynamic.Offset + dynamic.Size;
                    break;
                case TagNeeded:
                    names.Add(value);
                    break;
                case TagStrings:
                    strings = value;
                    break;
            }
        }

        // The table of strings is named by where it will lie in memory.
        var load = segments.Find(segment => segment.Kind == SegmentLoad && strings >= segment.Address && strings < segment.Address + segment.Size);
        var needed = new List<string>();
        foreach (var name in load is null ? [] : names)
        {
            needed.Add(TextAt(file, strings - load!.Address + load.Offset + name));
        }

        return needed;
    }

    private static string TextAt(ReadOnlySpan<byte> file, long offset)
    {
        var text = file[checked((int)offset)..];
        return Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]);
    }

    private static ulong U64(ReadOnlySpan<byte> bytes, long offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[checked((int)offset)..]);

    private static int U16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private sealed record Segment(uint Kind, long Offset, long Address, long Size);
}
