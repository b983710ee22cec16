using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace OsDeploy.MachineTests.Boot;

/// <summary>What a PC that starts says, and what it is answered.</summary>
/// <param name="Architecture">Option 93.</param>
/// <param name="IsIpxe">With option 175 and the user class.</param>
internal sealed record PcPacket(int Architecture, bool IsIpxe, byte LastByteOfMac = 1)
{
    private const int Port = 67;
    private const int ProxyPort = 4011;
    private const byte BootItem = 71;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Class => Architecture == 16 ? "HTTPClient:Arch:00016:UNDI:003001" : $"PXEClient:Arch:{Architecture:D5}:UNDI:003016";

    /// <summary>Asks by broadcast, as at the beginning.</summary>
    /// <returns>Null: nobody answers.</returns>
    public Task<PcAnswer?> DiscoverAsync() => AskAsync(new IPEndPoint(IPAddress.Broadcast, Port), 1);

    /// <summary>Asks the proxy that answered before for the name of the file.</summary>
    /// <param name="item">Of its menu (PXE 2.1 section 2.3.1), as a BIOS says it.</param>
    public Task<PcAnswer?> AskProxyAsync(int? item) => AskAsync(new IPEndPoint(IPAddress.Parse(WireLab.Appliance), ProxyPort), 3, item);

    private async Task<PcAnswer?> AskAsync(IPEndPoint to, byte type, int? item = null)
    {
        using var socket = WireLab.PcSocket();
        await socket.SendToAsync(Bytes(type, item), to, Cancel);
        var buffer = new byte[1500];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(s_patience);
        try
        {
            var from = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), patience.Token);
            return PcAnswer.Of(buffer.AsSpan(0, from.ReceivedBytes));
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private byte[] Bytes(byte type, int? item)
    {
        byte[] mac = [0x52, 0x54, 0, 0, 0, LastByteOfMac];
        var packet = new List<byte>(new byte[240]);
        (packet[0], packet[1], packet[2], packet[7], packet[10]) = (1, 1, 6, LastByteOfMac, 0x80);
        mac.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(packet)[28..]);
        (packet[236], packet[237], packet[238], packet[239]) = (0x63, 0x82, 0x53, 0x63);
        if (type == 3)
        {
            (packet[12], packet[13], packet[14], packet[15]) = (10, 77, 0, 9);
        }

        Put(packet, 53, [type]);
        Put(packet, 55, [1, 3, 6, 43, 54, 60, 66, 67]);
        Put(packet, 60, Encoding.ASCII.GetBytes(Class));
        Put(packet, 93, [0, (byte)Architecture]);
        Put(packet, 94, [1, 3, 16]);
        Put(packet, 97, [0, .. mac, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        if (item is { } chosen)
        {
            Put(packet, 43, [BootItem, 4, (byte)(chosen >> 8), (byte)chosen, 0, 0, 255]);
        }

        if (IsIpxe)
        {
            Put(packet, 77, "iPXE"u8);
            Put(packet, 175, [177, 5, 1, 0x80, 0x86, 0x10, 0x0e]);
        }

        packet.Add(255);
        return [.. packet];
    }

    private static void Put(List<byte> packet, byte code, ReadOnlySpan<byte> value)
    {
        packet.Add(code);
        packet.Add((byte)value.Length);
        packet.AddRange(value);
    }
}

/// <param name="Offered">Address for the PC.</param>
/// <param name="File">What it is to load.</param>
/// <param name="Class">Option 60.</param>
/// <param name="Item">First of the menu in option 43; null: there is none.</param>
internal sealed record PcAnswer(string Offered, string File, string Class, int Router, int? Item)
{
    private const byte BootMenu = 9;

    public static PcAnswer Of(ReadOnlySpan<byte> packet)
    {
        var options = new Dictionary<byte, byte[]>();
        for (var at = 240; at < packet.Length && packet[at] != 255;)
        {
            if (packet[at] == 0)
            {
                at++;
                continue;
            }

            options[packet[at]] = packet.Slice(at + 2, packet[at + 1]).ToArray();
            at += 2 + packet[at + 1];
        }

        var file = options.TryGetValue(67, out var named) ? named : packet.Slice(108, 128).ToArray();
        return new PcAnswer(
            new IPAddress(packet.Slice(16, 4)).ToString(),
            Encoding.ASCII.GetString(file).TrimEnd('\0'),
            Encoding.ASCII.GetString(options.GetValueOrDefault((byte)60) ?? []).TrimEnd('\0'),
            options.TryGetValue(3, out var router) ? BinaryPrimitives.ReadInt32BigEndian(router) : 0,
            ItemOf(options.GetValueOrDefault((byte)43) ?? []));
    }

    private static int? ItemOf(ReadOnlySpan<byte> vendor)
    {
        for (; vendor.Length > 1 && vendor[0] != 255; vendor = vendor[(2 + vendor[1])..])
        {
            if (vendor[0] == BootMenu)
            {
                return BinaryPrimitives.ReadUInt16BigEndian(vendor[2..]);
            }
        }

        return null;
    }
}
