using System.Buffers;
using System.Globalization;
using System.Text;

namespace OsDeploy.Tui.Drivers;

/// <summary>Bytes on their way to a terminal.</summary>
internal sealed class AnsiText
{
    private const int UsualFrame = 4096;

    private readonly ArrayBufferWriter<byte> _bytes = new(UsualFrame);

    public int Length => _bytes.WrittenCount;

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Clear() => _bytes.ResetWrittenCount();

    public void Add(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Add(Rune rune) => _bytes.Advance(rune.EncodeToUtf8(_bytes.GetSpan(4)));

    public void Add(byte letter, int times)
    {
        _bytes.GetSpan(times)[..times].Fill(letter);
        _bytes.Advance(times);
    }

    public void Add(int number)
    {
        _ = number.TryFormat(_bytes.GetSpan(11), out var written, default, CultureInfo.InvariantCulture);
        _bytes.Advance(written);
    }

    /// <summary><c>ESC [ number letter</c>; 1 is what a terminal takes for no number.</summary>
    public void AddControl(int number, char letter)
    {
        Add("\e["u8);
        if (number != 1)
        {
            Add(number);
        }

        Add((byte)letter, 1);
    }
}
