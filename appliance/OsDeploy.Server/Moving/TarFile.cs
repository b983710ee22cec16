using System.Formats.Tar;
using System.Text;

namespace OsDeploy.Server.Moving;

/// <summary>
/// The tar archive (POSIX ustar) of a backup: plain files only. Written by the framework, and read by this class: what comes from outside may
/// promise header records of gigabytes, and nothing but a plain file is ever wanted.
/// </summary>
internal sealed class TarFile(Stream from)
{
    private const int Block = 512;
    private const byte Plain = (byte)'0';

    private readonly byte[] _block = new byte[Block];
    private long _left;
    private int _padding;

    /// <summary>Writes one file.</summary>
    public static Task WriteAsync(TarWriter to, string path, Stream content, DateTimeOffset time, CancellationToken cancel) => to.WriteEntryAsync(
        new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = content, ModificationTime = time, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite }, cancel);

    /// <summary>Goes to the next file; what is left of the one before must have been read.</summary>
    /// <returns>Its path and bytes; null behind the last one.</returns>
    /// <exception cref="UserErrorException"><c>backup-invalid</c></exception>
    public async Task<(string Path, long Size)?> NextAsync(CancellationToken cancel)
    {
        if (_left > 0)
        {
            throw new InvalidOperationException("The file before was not read to its end.");
        }

        await FillAsync(_padding, cancel);
        await FillAsync(Block, cancel);
        if (!_block.AsSpan().ContainsAnyExcept((byte)0))
        {
            return null;
        }

        if (!_block.AsSpan(257, 5).SequenceEqual("ustar"u8) || _block[156] != Plain || Number(_block.AsSpan(148, 8)) != SumOf(_block))
        {
            throw MovingErrors.BackupInvalid("it has a record that is no plain file");
        }

        _left = Number(_block.AsSpan(124, 12));
        _padding = (int)((Block - (_left % Block)) % Block);
        var prefix = Text(_block.AsSpan(345, 155));
        var name = Text(_block.AsSpan(0, 100));
        return (prefix.Length > 0 ? $"{prefix}/{name}" : name, _left);
    }

    /// <summary>Reads on in the file.</summary>
    /// <returns>Bytes; 0 at its end.</returns>
    /// <exception cref="UserErrorException"><c>backup-invalid</c></exception>
    public async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        if (wanted == 0)
        {
            return 0;
        }

        var read = await from.ReadAsync(buffer[..wanted], cancel);
        _left -= read;
        return read > 0 ? read : throw MovingErrors.BackupInvalid("it ends too early");
    }

    private static long Number(ReadOnlySpan<byte> octal)
    {
        long value = 0;
        foreach (var digit in octal)
        {
            if (digit is 0 or (byte)' ')
            {
                break;
            }

            value = digit is >= (byte)'0' and <= (byte)'7' ? (value * 8) + (digit - '0') : throw MovingErrors.BackupInvalid("a record of it has a number that is none");
        }

        return value;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? field : field[..end]);
    }

    // The field of the sum itself counts as blanks.
    private static long SumOf(ReadOnlySpan<byte> block)
    {
        long sum = 8 * ' ';
        for (var i = 0; i < Block; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : block[i];
        }

        return sum;
    }

    private async Task FillAsync(int count, CancellationToken cancel)
    {
        try
        {
            await from.ReadExactlyAsync(_block.AsMemory(0, count), cancel);
        }
        catch (EndOfStreamException e)
        {
            throw MovingErrors.BackupInvalid("it ends too early", e);
        }
    }
}
