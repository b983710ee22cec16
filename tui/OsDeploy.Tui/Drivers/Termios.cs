using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OsDeploy.Tui.Drivers;

/// <summary>glibc's <c>struct termios</c>; the same on x86-64 and arm64.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Termios : IEquatable<Termios>
{
    private const int FlowByCharacters = 0x400; // IXON
    private const int EraseCharacter = 2; // VERASE

    private uint _input;
    private readonly uint _output;
    private uint _control;
    private readonly uint _local;
    private readonly byte _line;
    private readonly Characters _characters;
    private readonly uint _inputSpeed;
    private readonly uint _outputSpeed;

    /// <summary>What Backspace sends, as far as whoever set the terminal up knew.</summary>
    public readonly byte Erase => _characters[EraseCharacter];

    /// <param name="keepsFlow">On a serial line Ctrl+S and Ctrl+Q may be how a terminal holds us up.</param>
    public readonly Termios ToRaw(bool keepsFlow)
    {
        var raw = this;
        Libc.MakeRaw(ref raw);

        // Parity and bits are the line's, not ours.
        raw._control = _control;
        raw._input |= keepsFlow ? _input & FlowByCharacters : 0;
        return raw;
    }

    public readonly bool Equals(Termios other) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<Termios>(in this)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<Termios>(in other)));

    public override readonly bool Equals(object? obj) => obj is Termios other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(_input, _output, _control, _local);

    [InlineArray(32)]
    private struct Characters
    {
        private byte _first;
    }
}
