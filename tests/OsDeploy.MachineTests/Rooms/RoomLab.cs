using System.Net.Sockets;
using System.Text.Json;
using OsDeploy.Lab.Wires;
using OsDeploy.MachineTests.Cli;
using OsDeploy.MachineTests.Disks;
using OsDeploy.Server.Hosting;

namespace OsDeploy.MachineTests.Rooms;

/// <summary>
/// A school on one machine: the real daemon with its data in a folder, the real verbs of an operator, and PCs whose disks are loop devices,
/// each the real program. Everything can be killed and started again.
/// </summary>
internal sealed class RoomLab : IAsyncDisposable
{
    public const string User = "admin";
    public const string Password = "correct horse battery";

    private static readonly string s_daemon = OsDeployProgram.Daemon;
    private static readonly TimeSpan s_ready = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-room-");
    private readonly Dictionary<int, (CancellationTokenSource Kill, Task Run)> _hosts = [];
    private readonly SwitchedNetwork? _network;
    private readonly string _address;
    private readonly string[] _daemonArguments;
    private (CancellationTokenSource Kill, Task Run)? _daemon;
    private string _pin = "";

    private RoomLab(SwitchedNetwork? network, string[] daemonArguments) => (_network, _daemonArguments, _address) = (
        network, daemonArguments, network is null ? $"127.0.0.1:{FreePort()}" : $"{SwitchedNetwork.AddressOf(0)}:8443");

    /// <summary>How long the last start of the daemon took until it answered.</summary>
    public TimeSpan StartTime { get; private set; }

    public string Url => "https://" + _address;

    public string Pin => _pin;

    /// <summary>All that its programs keep is in it.</summary>
    public string Folder => _folder.FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Socket => Path.Combine(Data, "osdeployd.sock");

    /// <summary>A daemon with an operator who is logged in, and a room with a configuration for it.</summary>
    /// <param name="daemonArguments">Said at every start, beside the loopback address.</param>
    public static Task<RoomLab> OpenAsync(params string[] daemonArguments) => OpenAsync(network: null, daemonArguments);

    /// <param name="network">The daemon is its member 0, and PC n its member n; null: all are on the loopback.</param>
    public static async Task<RoomLab> OpenAsync(SwitchedNetwork? network, params string[] daemonArguments)
    {
        var lab = new RoomLab(network, daemonArguments);
        await File.WriteAllTextAsync(lab.PathOf("password"), Password + "\n", Cancel);
        await lab.StartDaemonAsync("--first-operator", User, "--password-file", lab.PathOf("password"));
        using (var key = ApplianceKey.Open(Path.Combine(lab.Data, "appliance.key")))
        {
            lab._pin = key.Fingerprint.ToString();
        }

        await lab.DoAsync("login", lab.Url, "--pin", lab._pin, "--user", User, "--password-file", lab.PathOf("password"));
        await lab.DoAsync("room", "add", "r101");
        await lab.DoAsync("config", "add", "lab", "--partition", "1:grow");
        await lab.DoAsync("room", "set", "r101", "--config", "lab");
        return lab;
    }

    /// <summary>Runs a verb that must succeed.</summary>
    public async Task<string> DoAsync(params string[] arguments)
    {
        var result = await TryAsync(arguments);
        Assert.True(result.ExitCode == 0, $"osdeploy {string.Join(' ', arguments)}: {result.ExitCode}\n{result.Output}\n{result.ErrorOutput}");
        return result.Output;
    }

    public Task<CommandResult> TryAsync(params string[] arguments) =>
        Inside(0, "env", ["XDG_STATE_HOME=" + PathOf("home"), OsDeployProgram.Path, .. arguments]).WithDeadline(s_patience).Accepting(_ => true).RunAsync(Cancel);

    public async Task<JsonElement> AskAsync(params string[] arguments)
    {
        using var document = JsonDocument.Parse(await DoAsync([.. arguments, "--json"]));
        return document.RootElement.Clone();
    }

    public async Task StartDaemonAsync(params string[] more)
    {
        var kill = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var started = TimeProvider.System.GetTimestamp();
        var run = Inside(0, s_daemon, ["--data", Data, "--listen", _address, .. _daemonArguments, .. more]).WithDeadline(TimeSpan.FromMinutes(20)).Accepting(_ => true).RunAsync(kill.Token);
        _daemon = (kill, run);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await AnswersAsync())
        {
            Assert.False(run.IsCompleted, run.IsFaulted ? run.Exception.Message : "the daemon has ended");
            Assert.True(TimeProvider.System.GetElapsedTime(started) < s_ready, "the daemon does not answer");
            await timer.WaitForNextTickAsync(Cancel);
        }

        StartTime = TimeProvider.System.GetElapsedTime(started);
    }

    /// <summary>SIGKILL.</summary>
    public Task KillDaemonAsync() => EndAsync(_daemon!.Value);

    /// <summary>Switches a PC on.</summary>
    /// <param name="number">Its MAC address ends with it.</param>
    public async Task StartHostAsync(int number, TestDisk disk)
    {
        var identity = PathOf($"pc{number}.json");
        await File.WriteAllTextAsync(
            identity,
            $$"""{"systemUuid":"4c4c4544-0000-0000-0000-{{number:D12}}","systemSerial":"PC{{number}}","boardSerial":"B{{number}}","macs":["{{MacOf(number)}}"],"firmware":"bios"}""",
            Cancel);
        var kill = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        string[] words =
        [
            "machine", "--server", Url, "--pin", _pin, "--unattended", "--state", PathOf($"state{number}"),
            "--lab-identity", identity, "--lab-disk", $"{disk.Path}=DISK{number}",
        ];
        var run = Inside(number, OsDeployProgram.Path, words).WithDeadline(s_patience).Accepting(_ => true).RunAsync(kill.Token);
        _hosts[number] = (kill, run);
    }

    /// <summary>SIGKILL, as a power cut would.</summary>
    public Task KillHostAsync(int number) => _hosts.Remove(number, out var host) ? EndAsync(host) : Task.CompletedTask;

    /// <summary>Waits until a PC is seen, and registers it in the room.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> RegisterAsync(int number, string room = "r101")
    {
        await UntilAsync(async () => (await AskAsync("host", "list", "--pending")).EnumerateArray()
            .Any(pending => pending.GetProperty("identity").GetProperty("macs").EnumerateArray().Any(mac => mac.GetString() == MacOf(number))));
        var view = await AskAsync("host", "approve", MacOf(number), "--room", room);
        return view.GetProperty("host").GetProperty("name").GetString()!;
    }

    public async Task<string> StateOfAsync(int job)
    {
        var view = (await AskAsync("job", "show", $"{job}")).GetProperty("job");
        return view.GetProperty("outcome").GetString() ?? view.GetProperty("state").GetString()!;
    }

    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < s_patience, "what was waited for did not happen");
            await timer.WaitForNextTickAsync(Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await EndAsync(host);
        }

        if (_daemon is { } daemon)
        {
            await EndAsync(daemon);
        }

        _folder.Delete(recursive: true);
    }

    private Command Inside(int member, string program, IEnumerable<string> arguments) =>
        _network?[member].Inside(program, arguments) ?? new Command(program, [.. arguments]);

    private static string MacOf(int number) => $"02:00:00:00:00:{number:x2}";

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

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

    private static async Task EndAsync((CancellationTokenSource Kill, Task Run) process)
    {
        await process.Kill.CancelAsync();
        try
        {
            await process.Run;
        }
        catch (OperationCanceledException)
        {
            // That is what was asked for.
        }

        process.Kill.Dispose();
    }
}
