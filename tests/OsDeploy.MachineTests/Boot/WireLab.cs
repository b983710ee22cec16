using System.Net;
using System.Net.Sockets;
using System.Text;
using OsDeploy.Lab.Wires;

namespace OsDeploy.MachineTests.Boot;

/// <summary>A cable: this computer at one end, as an appliance at 10.77.0.1, and a network namespace of its own at the other, where PCs are.</summary>
internal sealed class WireLab : IAsyncDisposable
{
    public const string Card = "osdwire0";
    public const string Appliance = "10.77.0.1";

    /// <summary>Network namespace of the PCs.</summary>
    public const string Space = "osdwire";

    // A switch, with the cable to the appliance and those to emulated PCs in it.
    private const string Far = "osdwire1";
    private const string Cable = "osdwire2";

    private readonly NetworkNamespace _space;

    private WireLab(NetworkNamespace space) => _space = space;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<WireLab> LayAsync()
    {
        await new Command("ip", "link", "del", Card).Accepting(_ => true).RunAsync(Cancel); // what a killed test left
        var lab = new WireLab(await TestNetwork.CreateNamedAsync(Space));
        await IpAsync("link", "add", Card, "type", "veth", "peer", "name", Cable, "netns", Space);
        await IpAsync("addr", "add", Appliance + "/24", "brd", "+", "dev", Card);
        await IpAsync("link", "set", Card, "up");
        await lab._space.SwitchAsync(Far, "10.77.0.9/24");
        await lab._space.LinkAsync("set", Cable, "master", Far, "up");
        return lab;
    }

    /// <summary>A cable for an emulated PC, by its number.</summary>
    public Task PlugInAsync(int number) => _space.PlugInAsync(Far, TapOf(number));

    public static string TapOf(int number) => $"osdtap{number}";

    /// <summary>A DHCP server of the school at the far end, for as long as there is a wire.</summary>
    public Task<CommandResult> StartSchool(string folder) => _space.StartDhcp(Far, "10.77.0.50,10.77.0.60", folder);

    /// <summary>A PC's socket at the far end.</summary>
    public static Socket PcSocket() => NetworkNamespace.Make(Space, () =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
        socket.SetRawSocketOption(1, 25, Encoding.ASCII.GetBytes(Far + "\0")); // SOL_SOCKET, SO_BINDTODEVICE
        socket.Bind(new IPEndPoint(IPAddress.Any, 68));
        return socket;
    });

    public async ValueTask DisposeAsync()
    {
        await new Command("ip", "link", "del", Card).Accepting(_ => true).RunAsync(CancellationToken.None);
        await _space.DisposeAsync();
    }

    private static Task<CommandResult> IpAsync(params string[] arguments) => new Command("ip", arguments).RunAsync(Cancel);
}
