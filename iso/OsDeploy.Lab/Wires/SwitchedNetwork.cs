using System.Globalization;
using System.Net;

namespace OsDeploy.Lab.Wires;

/// <summary>A switch with a computer on each port, every one a network namespace; number 0 is the appliance.</summary>
internal sealed class SwitchedNetwork : IAsyncDisposable
{
    public const string Card = "eth0";

    private const string Bridge = "sw0";
    private const string Loss = "losses";
    private const int PermillePerOne = 1000;

    private readonly string _name;
    private readonly List<NetworkNamespace> _members = [];
    private NetworkNamespace? _switch;

    private SwitchedNetwork(string name) => _name = name;

    public int Count => _members.Count;

    /// <param name="name">Begins the names of its namespaces.</param>
    /// <param name="members">The appliance and its hosts.</param>
    /// <param name="rate">Of every link, in both directions, as tc(8) says it; null: as fast as it goes.</param>
    public static async Task<SwitchedNetwork> CreateAsync(string name, int members, string? rate, CancellationToken cancel)
    {
        var network = new SwitchedNetwork(name);
        try
        {
            network._switch = await NetworkNamespace.CreateAsync(name + "sw", cancel);
            await network._switch.LinkAsync("add", Bridge, "type", "bridge", "stp_state", "0", "forward_delay", "0", "mcast_snooping", "0");
            await network._switch.LinkAsync("set", Bridge, "up");
            for (var member = 0; member < members; member++)
            {
                var space = await NetworkNamespace.CreateAsync(string.Create(CultureInfo.InvariantCulture, $"{name}{member}"), cancel);
                network._members.Add(space);
                await space.CableAsync(Card, network._switch, PortOf(member));
                await space.AddressAsync(Card, AddressOf(member) + "/24");
                await network._switch.LinkAsync("set", PortOf(member), "master", Bridge);
                if (rate is not null)
                {
                    await network.LimitAsync(member, rate);
                }
            }

            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public static IPAddress AddressOf(int member) => new([10, 88, 0, (byte)(member + 1)]);

    public NetworkNamespace this[int member] => _members[member];

    /// <summary>Both directions of a link.</summary>
    public async Task LimitAsync(int member, string rate)
    {
        await ShapeAsync(_members[member], Card, rate);
        await ShapeAsync(_switch!, PortOf(member), rate);
    }

    /// <summary>Datagrams to any of these ports are lost at random on their way in, each for itself.</summary>
    /// <param name="share">0 to 1.</param>
    public async Task LoseAsync(int member, double share, string ports)
    {
        string[] chosen = share < 1
            ? ["numgen", "random", "mod", "1000", "<", ((int)(share * PermillePerOne)).ToString(CultureInfo.InvariantCulture)]
            : [];
        await OneByOneAsync();
        await RequireAsync(member, "nft", "add", "table", "ip", Loss);
        await RequireAsync(member, "nft", "add", "chain", "ip", Loss, "in", "{ type filter hook input priority 0 ; }");
        await RequireAsync(member, ["nft", "add", "rule", "ip", Loss, "in", "udp", "dport", ports, .. chosen, "drop"]);
    }

    /// <inheritdoc cref="NetworkNamespace.Make{T}(Func{T})"/>
    public T Inside<T>(int member, Func<T> make) => _members[member].Make(make);

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
        {
            await member.DisposeAsync();
        }

        if (_switch is not null)
        {
            await _switch.DisposeAsync();
        }
    }

    // Between namespaces a burst travels in one piece, and would be lost as one. A real card cuts it up.
    private async Task OneByOneAsync()
    {
        foreach (var member in _members)
        {
            await member.LinkAsync("set", Card, "gso_max_segs", "1");
        }
    }

    private static string PortOf(int member) => string.Create(CultureInfo.InvariantCulture, $"port{member}");

    private static async Task ShapeAsync(NetworkNamespace space, string card, string rate) =>
        Check(await space.RunAsync("tc", "qdisc", "replace", "dev", card, "root", "tbf", "rate", rate, "burst", "128k", "latency", "50ms"));

    private async Task RequireAsync(int member, params string[] words) => Check(await _members[member].RunAsync(words));

    private static void Check(CommandResult result)
    {
        if (result.ExitCode != 0)
        {
            throw LabErrors.NetworkRefused(result.ErrorOutput);
        }
    }
}
