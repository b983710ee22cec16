using System.Buffers.Binary;
using System.Text;

namespace OsDeploy.SystemImages;

/// <summary>
/// The files of an <c>osdeploy.iso</c>, read without mounting it: of a file, a stick or a disc that nobody has looked at yet. A kernel that mounts
/// as root what a stranger made would run its parser of file systems before any signature is known; this reads the few fields of ECMA-119 that
/// lead to a file, in memory-safe code, and hands out bytes that count only once they have the hash that was signed.
/// </summary>
/// <remarks>Names are those of the Joliet descriptor (UCS-2, level 3), which are whole; extents lie in one piece.</remarks>
public sealed class JolietMedium : ISystemMedium, IDisposable
{
    private const int Sector = 2048;
    private const int FirstDescriptor = 16;
    private const int MostDescriptors = 16;
    private const int RootRecord = 156;
    private const int EscapeSequences = 88;
    private const int FixedPart = 33; // of a directory's record
    private const int MostFolder = 1 << 20;
    private const byte IsFolder = 2;
    private const byte IsContinued = 0x80;

    private readonly Stream _medium;
    private readonly long _length;
    private readonly Extent _systems;

    /// <param name="medium">Can seek; belongs to this object from now on.</param>
    /// <param name="length">Bytes of it, for a device: .NET says 0 of those. Null: as the stream says.</param>
    /// <exception cref="UserErrorException"><c>system-image-unknown</c>, <c>system-image-incomplete</c>, <c>system-image-unreadable</c></exception>
    public JolietMedium(Stream medium, long? length = null)
    {
        _medium = medium;
        try
        {
            _length = length ?? medium.Length;
            _systems = Find(Root(), SystemFiles.Folder) is { IsFolder: true } found ? found : throw SystemImageErrors.Unknown();
        }
        catch
        {
            medium.Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> ListFolders() => [.. EntriesOf(_systems).Where(entry => entry.Value.IsFolder).Select(entry => entry.Key).Order(StringComparer.Ordinal)];

    public Stream Open(string folder, string name)
    {
        var file = Find(_systems, folder) is { IsFolder: true } place ? Find(place, name) : null;
        return file is { IsFolder: false } found && found.End <= _length ? new Part(this, found, name) : throw SystemImageErrors.Incomplete(name);
    }

    public void Dispose() => _medium.Dispose();

    private Extent Root()
    {
        var descriptor = new byte[Sector];
        for (var number = FirstDescriptor; number < FirstDescriptor + MostDescriptors; number++)
        {
            Read((long)number * Sector, descriptor, "osdeploy.iso");
            if (!descriptor.AsSpan(1, 5).SequenceEqual("CD001"u8) || descriptor[0] == 255)
            {
                break;
            }

            if (descriptor[0] == 2 && descriptor.AsSpan(EscapeSequences, 3).SequenceEqual("%/E"u8))
            {
                return RecordAt(descriptor, RootRecord, out _) is { Extent.IsFolder: true } root ? root.Extent : throw SystemImageErrors.Unknown();
            }
        }

        throw SystemImageErrors.Unknown();
    }

    private Extent? Find(Extent folder, string name) => EntriesOf(folder).TryGetValue(name, out var found) ? found : null;

    private Dictionary<string, Extent> EntriesOf(Extent folder)
    {
        if (folder.Length is <= 0 or > MostFolder || folder.End > _length)
        {
            throw SystemImageErrors.Incomplete(SystemFiles.Folder);
        }

        var bytes = new byte[folder.Length];
        Read(folder.Start, bytes, SystemFiles.Folder);
        Dictionary<string, Extent> entries = new(StringComparer.Ordinal);
        for (var at = 0; at < bytes.Length;)
        {
            if (bytes[at] == 0)
            {
                at = ((at / Sector) + 1) * Sector; // no record crosses a sector
                continue;
            }

            if (RecordAt(bytes, at, out var next) is not { } record)
            {
                throw SystemImageErrors.Unknown();
            }

            // Two of one name: whoever made it wants two readers to see two things.
            if (record.Name is { } name && !entries.TryAdd(name, record.Extent))
            {
                throw SystemImageErrors.Unknown();
            }

            at = next;
        }

        return entries;
    }

    /// <returns>Null: no record that this program reads.</returns>
    private static (string? Name, Extent Extent)? RecordAt(byte[] bytes, int at, out int next)
    {
        var length = bytes[at];
        next = at + length;
        if (length <= FixedPart || next > bytes.Length || next > ((at / Sector) + 1) * Sector)
        {
            return null;
        }

        var record = bytes.AsSpan(at, length);
        var (flags, nameLength) = (record[25], record[32]);
        if (FixedPart + nameLength > length || (flags & IsContinued) != 0)
        {
            return null;
        }

        var extent = new Extent((long)BinaryPrimitives.ReadUInt32LittleEndian(record[2..]) * Sector, BinaryPrimitives.ReadUInt32LittleEndian(record[10..]), (flags & IsFolder) != 0);
        var name = nameLength < 2 ? null : Encoding.BigEndianUnicode.GetString(record.Slice(FixedPart, nameLength)).Split(';')[0];
        return (name, extent);
    }

    private void Read(long at, Span<byte> into, string name)
    {
        try
        {
            _medium.Position = at;
            _medium.ReadExactly(into);
        }
        catch (EndOfStreamException e)
        {
            throw SystemImageErrors.Incomplete(name, e);
        }
        catch (IOException e)
        {
            throw SystemImageErrors.NotRead(name, e);
        }
    }

    private readonly record struct Extent(long Start, long Length, bool IsFolder)
    {
        public long End => Start + Length;
    }

    /// <summary>One file, from its first byte to its last.</summary>
    private sealed class Part(JolietMedium of, Extent extent, string name) : Stream
    {
        private long _done;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => extent.Length;

        public override long Position
        {
            get => _done;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var wanted = buffer[..(int)Math.Min(buffer.Length, extent.Length - _done)];
            if (!wanted.IsEmpty)
            {
                of.Read(extent.Start + _done, wanted, name);
                _done += wanted.Length;
            }

            return wanted.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
