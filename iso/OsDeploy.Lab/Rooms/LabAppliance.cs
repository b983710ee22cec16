using System.Net.Sockets;
using System.Text.Json;
using OsDeploy.Lab.Wires;

namespace OsDeploy.Lab.Rooms;

/// <summary>The real appliance and its helper in a network of their own, and the verbs of its one operator.</summary>
internal sealed class LabAppliance : IAsyncDisposable
{
    public const string User = "admin";

    /// <summary>Nobody outside the private network can reach what it opens.</summary>
    public const string Password = "virtual classroom";

    /// <summary>Where it is in its network.</summary>
    public const string Address = "10.77.0.1";

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_ready = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_verb = TimeSpan.FromMinutes(30);

    private readonly NetworkNamespace _network;
    private readonly LabPrograms _programs;
    private readonly string _folder;
    private readonly string _boot;
    private readonly CancellationToken _cancel;
    private (CancellationTokenSource Kill, Task<CommandResult> Run)? _daemon;

    /// <param name="folder">Keeps what it knows.</param>
    /// <param name="boot">Folder of the helper's dnsmasq, which reads it without rights.</param>
    public LabAppliance(NetworkNamespace network, LabPrograms programs, string folder, string boot, CancellationToken cancel) =>
        (_network, _programs, _folder, _boot, _cancel) = (network, programs, folder, boot, cancel);

    /// <summary>As <c>--server</c> takes it.</summary>
    public string Server => "unix:" + Socket;

    /// <summary>What a verb needs in its environment to be the operator's.</summary>
    public string Home => Path.Combine(_folder, "home");

    private string Data => Path.Combine(_folder, "appliance");

    private string Socket => Path.Combine(Data, "osdeployd.sock");

    private string HelperSocket => Path.Combine(_folder, "helper.sock");

    /// <summary>Starts helper and daemon, makes the operator if it is the first time, and logs in.</summary>
    /// <exception cref="UserErrorException"><c>lab-appliance-down</c></exception>
    public async Task StartAsync()
    {
        Directory.CreateDirectory(Data);
        File.Delete(HelperSocket);
        var helper = _network.Start(_programs.Helper, "--socket", HelperSocket, "--allow-uid", "0", "--boot-folder", _boot);
        await WaitAsync(helper, () => Task.FromResult(File.Exists(HelperSocket)));
        var password = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(password, Password + "\n", _cancel);
        await StartDaemonAsync(File.Exists(Path.Combine(Data, "documents.db")) ? [] : ["--first-operator", User, "--password-file", password]);
        await DoAsync("login", Server, "--user", User, "--password-file", password);
    }

    /// <summary>Starts the daemon again, after it was killed.</summary>
    public async Task StartDaemonAsync(params IEnumerable<string> more)
    {
        var kill = CancellationTokenSource.CreateLinkedTokenSource(_cancel);
        string[] words =
        [
            "--data", Data, "--listen", Address + ":7443", "--boot", Address, "--helper", HelperSocket, "--boot-folder", _boot, "--client-image", _programs.Client, .. more,
        ];
        var run = _network.Inside(_programs.Daemon, words).WithDeadline(s_longest).WithOwnSession().Accepting(_ => true).RunAsync(kill.Token);
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

    /// <summary>Runs a verb of the operator to its end, however that is.</summary>
    public Task<CommandResult> TryAsync(params IEnumerable<string> words) =>
        new Command("env", ["XDG_STATE_HOME=" + Home, "OSDEPLOY_SERVER=" + Server, _programs.Osdeploy, .. words]).WithDeadline(s_verb).Accepting(_ => true).RunAsync(_cancel);

    /// <summary>Runs a verb that must succeed.</summary>
    /// <exception cref="UserErrorException"><c>lab-verb-failed</c>, with what it said</exception>
    public async Task<string> DoAsync(params string[] words)
    {
        var result = await TryAsync(words);
        return result.ExitCode == 0 ? result.Output : throw LabErrors.VerbFailed(words, result);
    }

    /// <summary>Runs a verb that must succeed, for its data.</summary>
    public async Task<JsonElement> AskAsync(params string[] words)
    {
        using var document = JsonDocument.Parse(await DoAsync([.. words, "--json"]));
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync() => await KillDaemonAsync();

    private async Task<bool> AnswersAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), _cancel);
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

            await timer.WaitForNextTickAsync(_cancel);
        }
    }
}
