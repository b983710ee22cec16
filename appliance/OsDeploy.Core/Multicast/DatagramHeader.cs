using System.Buffers.Binary;

namespace OsDeploy.Multicast;

/// <summary>What stands in clear in front of every datagram (CAROUSEL.md section 2). Nothing of it is believed before the seal was opened.</summary>
/// <param name="Carousel">Drawn anew for every key.</param>
/// <param name="Packet">Counts all datagrams under one key; the nonce is made of it. 48 bits.</param>
/// <param name="Chunk">Number in the chunk table. 24 bits.</param>
/// <param name="FrameLength">Bytes of the chunk's frame. 24 bits.</param>
/// <param name="Fragment">Content first, then parity (<see cref="FragmentPlan"/>).</param>
public readonly record struct DatagramHeader(uint Carousel, long Packet, int Chunk, int FrameLength, int Fragment)
{
    public const int Size = 19;

    private const byte FormatVersion = 1;
    private const int CarouselAt = 1;
    private const int PacketAt = 5;
    private const int ChunkAt = 11;
    private const int FrameLengthAt = 14;
    private const int FragmentAt = 17;

    public static bool TryRead(ReadOnlySpan<byte> datagram, out DatagramHeader header)
    {
        header = default;
        if (datagram.Length < Size || datagram[0] != FormatVersion)
        {
            return false;
        }

        header = new DatagramHeader(
            BinaryPrimitives.ReadUInt32BigEndian(datagram[CarouselAt..]),
            ((long)BinaryPrimitives.ReadUInt16BigEndian(datagram[PacketAt..]) << 32) | BinaryPrimitives.ReadUInt32BigEndian(datagram[(PacketAt + 2)..]),
            Read24(datagram[ChunkAt..]),
            Read24(datagram[FrameLengthAt..]),
            BinaryPrimitives.ReadUInt16BigEndian(datagram[FragmentAt..]));
        return true;
    }

    public void Write(Span<byte> datagram)
    {
        datagram[0] = FormatVersion;
        BinaryPrimitives.WriteUInt32BigEndian(datagram[CarouselAt..], Carousel);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[PacketAt..], (ushort)(Packet >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(datagram[(PacketAt + 2)..], (uint)Packet);
        Write24(datagram[ChunkAt..], Chunk);
        Write24(datagram[FrameLengthAt..], FrameLength);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[FragmentAt..], (ushort)Fragment);
    }

    private static int Read24(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];

    private static void Write24(Span<byte> bytes, int value) =>
        (bytes[0], bytes[1], bytes[2]) = ((byte)(value >> 16), (byte)(value >> 8), (byte)value);
}
