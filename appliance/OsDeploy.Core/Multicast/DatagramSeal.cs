using System.Buffers.Binary;
using System.Security.Cryptography;
using OsDeploy.Chunks;

namespace OsDeploy.Multicast;

/// <summary>
/// Seals and opens datagrams with AES-256-GCM (NIST SP 800-38D; a tag of 96 bits). The header and the chunk's full id are sealed with the
/// content, so that a datagram names its chunk although only a number of it travels. One per thread.
/// </summary>
public sealed class DatagramSeal : IDisposable
{
    public const int KeySize = 32;
    public const int TagSize = 12;

    private const int NonceSize = 12;

    private readonly AesGcm _cipher;
    private readonly byte[] _associated = new byte[DatagramHeader.Size + ChunkId.Size];
    private readonly byte[] _nonce = new byte[NonceSize];

    public DatagramSeal(ReadOnlySpan<byte> key) => _cipher = new AesGcm(key, TagSize);

    /// <summary>Bytes of a datagram with so much content.</summary>
    public static int LengthOf(int content) => DatagramHeader.Size + content + TagSize;

    /// <param name="datagram">Exactly <see cref="LengthOf"/> of the content.</param>
    public void Seal(in DatagramHeader header, ChunkId id, ReadOnlySpan<byte> content, Span<byte> datagram)
    {
        header.Write(datagram);
        Associate(header, datagram, id);
        _cipher.Encrypt(_nonce, content, datagram.Slice(DatagramHeader.Size, content.Length), datagram[^TagSize..], _associated);
    }

    /// <param name="header">As read from this datagram.</param>
    /// <param name="id">That the reader's own table has under the header's number.</param>
    /// <param name="content">As long as the datagram's; holds rubbish unless this returns true.</param>
    /// <returns>False: it was not sealed with this key for this chunk and fragment.</returns>
    public bool TryOpen(in DatagramHeader header, ChunkId id, ReadOnlySpan<byte> datagram, Span<byte> content)
    {
        Associate(header, datagram, id);
        try
        {
            _cipher.Decrypt(_nonce, datagram[DatagramHeader.Size..^TagSize], datagram[^TagSize..], content, _associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private void Associate(in DatagramHeader header, ReadOnlySpan<byte> datagram, ChunkId id)
    {
        datagram[..DatagramHeader.Size].CopyTo(_associated);
        id.CopyTo(_associated.AsSpan(DatagramHeader.Size));
        BinaryPrimitives.WriteUInt32BigEndian(_nonce, header.Carousel);
        BinaryPrimitives.WriteInt64BigEndian(_nonce.AsSpan(4), header.Packet);
    }
}
