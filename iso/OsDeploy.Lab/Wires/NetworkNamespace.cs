using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using Mono.Unix.Native;

namespace OsDeploy.Lab.Wires;

/// <summary>A network of its own on this computer, with programs that run in it until it is disposed.</summary>
internal sealed partial class NetworkNamespace : IAsyncDisposable
{
    private const int NewNetwork = 0x40000000; // CLONE_NEWNET of sched.h
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    private readonly List<(CancellationTokenSource Stop, Task Run)> _programs = [];
    private readonly CancellationToken _cancel;

    private NetworkNamespace(string name, CancellationToken cancel) => (Name, _cancel) = (name, cancel);

    /// <summary>As <c>ip netns</c> knows it.</summary>
    public string Name { get; }

    /// <param name="name">Of no other that is in use; one that a killed program has left goes, with all that runs in it.</param>
    /// <param name="cancel">Ends everything that is done with it.</param>
    public static async Task<NetworkNamespace> CreateAsync(string name, CancellationToken cancel)
    {
        var space = new NetworkNamespace(name, cancel);
        await space.DisposeAsync();
        await space.IpAsync("netns", "add", name);
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
        new Command("ip", ["netns", "exec", Name, .. words]).WithDeadline(s_longest).Accepting(_ => true).RunAsync(_cancel);

    /// <summary>Starts a program that runs until this is disposed.</summary>
    public Task<CommandResult> Start(params string[] words)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_cancel);
        var run = new Command("ip", ["netns", "exec", Name, .. words]).WithDeadline(s_longest).WithOwnSession().Accepting(_ => true).RunAsync(stop.Token);
        _programs.Add((stop, run));
        return run;
    }

    /// <summary>A program in it, for whoever starts and ends it.</summary>
    public Command Inside(string program, params IEnumerable<string> words) => new("ip", ["netns", "exec", Name, program, .. words]);

    /// <summary>A DHCP server, and nothing more, on one of its cards.</summary>
    /// <param name="range">First and last address.</param>
    public Task<CommandResult> StartDhcp(string card, string range, string folder, params string[] more) => Start(
    [
        "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--bind-interfaces", "--no-ping", "--user=root", "--log-facility=-",
        $"--interface={card}", $"--dhcp-range={range},1h", $"--dhcp-leasefile={Path.Combine(folder, card + ".leases")}", $"--pid-file={Path.Combine(folder, card + ".pid")}", .. more,
    ]);

    /// <summary>Makes something in it: sockets that are made there stay there.</summary>
    public T Make<T>(Func<T> make) => Make(Name, make);

    /// <summary>As <see cref="Make{T}(Func{T})"/>, for whoever knows no more than its name.</summary>
    public static T Make<T>(string space, Func<T> make)
    {
        var (made, fault) = (default(T), default(Exception));

        // A thread that goes to another namespace does not come back: it is one of its own, and ends.
        var thread = new Thread(() =>
        {
            try
            {
                Enter(space);
                made = make();
            }
#pragma warning disable CA1031 // It is thrown again where somebody hears it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                fault = e;
            }
        });
        thread.Start();
        thread.Join();
        return fault is null ? made! : throw new InvalidOperationException($"Nothing could be made in {space}.", fault);
    }

    /// <summary>Ids of all that runs in it. Nothing but what was started for it ever does.</summary>
    public async Task<IReadOnlyList<int>> ProcessesAsync()
    {
        var listed = await new Command("ip", "netns", "pids", Name).Accepting(_ => true).RunAsync(CancellationToken.None);
        return [.. listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
    }

    /// <summary>SIGKILL to all that runs in it, as when its computer loses power.</summary>
    public async Task EndProgramsAsync()
    {
        foreach (var id in await ProcessesAsync())
        {
            _ = Syscall.kill(id, Signum.SIGKILL);
        }
    }

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

        await EndProgramsAsync();
        await new Command("ip", "netns", "delete", Name).Accepting(_ => true).RunAsync(CancellationToken.None);
    }

    private async Task<string> IpAsync(params string[] words) => (await new Command("ip", words).RunAsync(_cancel)).Output;

    private static void Enter(string space)
    {
        var descriptor = Syscall.open("/run/netns/" + space, OpenFlags.O_RDONLY | OpenFlags.O_CLOEXEC);
        if (descriptor < 0 || setns(descriptor, NewNetwork) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        _ = Syscall.close(descriptor);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int descriptor, int kind);
}
