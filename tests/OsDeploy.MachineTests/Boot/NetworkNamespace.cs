namespace OsDeploy.MachineTests.Boot;

/// <summary>A network of its own on this computer, with programs that run in it until it is disposed.</summary>
internal sealed class NetworkNamespace : IAsyncDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(30);

    private readonly List<(CancellationTokenSource Stop, Task Run)> _programs = [];

    private NetworkNamespace(string name) => Name = name;

    /// <summary>As <c>ip netns</c> knows it.</summary>
    public string Name { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="purpose">Begins its name.</param>
    public static Task<NetworkNamespace> CreateAsync(string purpose) => CreateNamedAsync($"osd-{purpose}-{Guid.NewGuid().ToString("N")[..6]}");

    /// <param name="name">Of no other that is in use; one that a killed test has left goes.</param>
    public static async Task<NetworkNamespace> CreateNamedAsync(string name)
    {
        Root.OrSkip();
        Assert.SkipUnless(Command.WhyMissing("ip") is null, "iproute2 is not installed");
        var space = new NetworkNamespace(name);
        await space.DisposeAsync();
        await IpAsync("netns", "add", space.Name);
        await space.LinkAsync("set", "lo", "up");
        return space;
    }

    /// <summary>A cable between two networks; both ends are switched on.</summary>
    public async Task CableAsync(string end, NetworkNamespace other, string otherEnd)
    {
        await IpAsync("link", "add", end, "netns", Name, "type", "veth", "peer", "name", otherEnd, "netns", other.Name);
        await LinkAsync("set", end, "up");
        await other.LinkAsync("set", otherEnd, "up");
    }

    /// <summary>A switch with a port for an emulated PC on each tap.</summary>
    public async Task SwitchAsync(string bridge, string address, params string[] taps)
    {
        await LinkAsync("add", bridge, "type", "bridge", "stp_state", "0", "forward_delay", "0", "mcast_snooping", "0");
        await AddressAsync(bridge, address);
        await LinkAsync("set", bridge, "up");
        foreach (var tap in taps)
        {
            await PlugInAsync(bridge, tap);
        }
    }

    /// <summary>A port for one more emulated PC.</summary>
    public async Task PlugInAsync(string bridge, string tap)
    {
        await IpAsync("-n", Name, "tuntap", "add", tap, "mode", "tap");
        await LinkAsync("set", tap, "master", bridge, "up");
    }

    /// <param name="address">With its prefix; multicast needs the broadcast address as well.</param>
    public Task AddressAsync(string card, string address) => IpAsync("-n", Name, "address", "add", address, "brd", "+", "dev", card);

    public Task<string> LinkAsync(params string[] words) => IpAsync(["-n", Name, "link", .. words]);

    /// <summary>Runs a program in it to its end, however that is.</summary>
    public Task<CommandResult> RunAsync(params string[] words) =>
        new Command("ip", ["netns", "exec", Name, .. words]).WithDeadline(s_longest).Accepting(_ => true).RunAsync(Cancel);

    /// <summary>Starts a program that runs until this is disposed.</summary>
    public Task<CommandResult> Start(params string[] words)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = new Command("ip", ["netns", "exec", Name, .. words]).WithDeadline(s_longest).Accepting(_ => true).RunAsync(stop.Token);
        _programs.Add((stop, run));
        return run;
    }

    /// <summary>A DHCP server, and nothing more, on one of its cards.</summary>
    /// <param name="range">First and last address.</param>
    public Task<CommandResult> StartDhcp(string card, string range, string folder, params string[] more) => Start(
    [
        "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--bind-interfaces", "--no-ping", "--user=root", "--log-facility=-",
        $"--interface={card}", $"--dhcp-range={range},1h", $"--dhcp-leasefile={Path.Combine(folder, card + ".leases")}", $"--pid-file={Path.Combine(folder, card + ".pid")}", .. more,
    ]);

    public async ValueTask DisposeAsync()
    {
        foreach (var (stop, run) in _programs)
        {
            await stop.CancelAsync();
            try
            {
                await run;
            }
            catch (OperationCanceledException)
            {
                // It ran until now.
            }

            stop.Dispose();
        }

        await new Command("ip", "netns", "delete", Name).Accepting(_ => true).RunAsync(CancellationToken.None);
    }

    private static async Task<string> IpAsync(params string[] words) => (await new Command("ip", words).RunAsync(Cancel)).Output;
}
