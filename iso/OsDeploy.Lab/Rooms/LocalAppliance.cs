using System.Net.Sockets;
using OsDeploy.Lab.Wires;

namespace OsDeploy.Lab.Rooms;

/// <summary>The programs of this computer, in a network of their own.</summary>
internal sealed class LocalAppliance : LabAppliance
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_ready = TimeSpan.FromMinutes(1);

    private readonly NetworkNamespace _network;
    private readonly string _boot;
    private (CancellationTokenSource Kill, Task<CommandResult> Run)? _daemon;

    /// <param name="boot">Folder of the helper's dnsmasq, which reads it without rights.</param>
    /// <inheritdoc cref="LabAppliance(LabPrograms, string, CancellationToken)"/>
    public LocalAppliance(NetworkNamespace network, LabPrograms programs, string folder, string boot, CancellationToken cancel)
        : base(programs, folder, cancel) => (_network, _boot) = (network, boot);

    public override string BridgeAddress => Address;

    public override string Server => "unix:" + Socket;

    protected override IReadOnlyList<string> Way => [];

    private string Data => Path.Combine(Folder, "appliance");

    private string Socket => Path.Combine(Data, SocketName);

    private string HelperSocket => Path.Combine(Folder, "helper.sock");

    /// <summary>Starts helper and daemon, makes the operator if it is the first time, and logs in.</summary>
    /// <exception cref="UserErrorException"><c>lab-appliance-down</c></exception>
    public override async Task StartAsync(LabWires wires)
    {
        Directory.CreateDirectory(Data);
        File.Delete(HelperSocket);
        var helper = _network.Start(Programs.Helper, "--socket", HelperSocket, "--allow-uid", "0", "--boot-folder", _boot);
        await WaitAsync(helper, () => Task.FromResult(File.Exists(HelperSocket)));
        var password = await WritePasswordAsync();
        await StartDaemonAsync(File.Exists(Path.Combine(Data, "documents.db")) ? [] : ["--first-operator", User, "--password-file", password]);
        await DoAsync("login", Server, "--user", User, "--password-file", password);
        string[] mode = wires.HasSchool ? ["--mode", "proxy"] : ["--mode", "dhcp", "--range", Range];
        await DoAsync(["boot", "set", .. mode, "--interface", wires.Switch, .. PcSettings]);
    }

    /// <summary>Starts the daemon again, after it was killed.</summary>
    public async Task StartDaemonAsync(params IEnumerable<string> more)
    {
        var kill = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        string[] words =
        [
            "--data", Data, "--listen", Address + ":7443", "--boot", Address, "--helper", HelperSocket, "--boot-folder", _boot, "--client-image", Programs.Client, .. more,
        ];
        var run = _network.Inside(Programs.Daemon, words).WithDeadline(Longest).WithOwnSession().Accepting(_ => true).RunAsync(kill.Token);
        _daemon = (kill, run);
        await WaitAsync(run, AnswersAsync);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillDaemonAsync()
    {
        if (_daemon is not var (kill, run))
        {
            return;
        }

        _daemon = null;
        await kill.CancelAsync();
        try
        {
            await run;
        }
        catch (OperationCanceledException)
        {
            // It ran until now.
        }

        kill.Dispose();
    }

    public override async ValueTask DisposeAsync() => await KillDaemonAsync();

    private async Task<bool> AnswersAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), Cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task WaitAsync(Task<CommandResult> program, Func<Task<bool>> isReady)
    {
        using var timer = new PeriodicTimer(s_look);
        var began = TimeProvider.System.GetTimestamp();
        while (!await isReady())
        {
            if (program.IsCompleted)
            {
                throw LabErrors.ApplianceDown((await program).ErrorOutput);
            }

            if (TimeProvider.System.GetElapsedTime(began) > s_ready)
            {
                throw LabErrors.ApplianceDown("");
            }

            await timer.WaitForNextTickAsync(Cancel);
        }
    }
}
