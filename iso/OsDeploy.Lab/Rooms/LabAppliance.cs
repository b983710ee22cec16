using System.Text.Json;

namespace OsDeploy.Lab.Rooms;

/// <summary>The appliance of a classroom, and the verbs of its one operator.</summary>
internal abstract class LabAppliance : IAsyncDisposable
{
    public const string User = "admin";

    /// <summary>Nobody outside the private network can reach what it opens.</summary>
    public const string Password = "virtual classroom";

    /// <summary>Where it is in its network.</summary>
    public const string Address = "10.77.0.1";

    /// <summary>Of the daemon, in the folder of an appliance.</summary>
    public const string SocketName = "osdeployd.sock";

    /// <summary>What PCs get where no school gives them addresses.</summary>
    protected const string Range = "10.77.0.100-10.77.0.150";

    protected static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private static readonly TimeSpan s_verb = TimeSpan.FromMinutes(30);

    /// <param name="folder">Keeps what it knows.</param>
    protected LabAppliance(LabPrograms programs, string folder, CancellationToken cancel) => (Programs, Folder, Cancel) = (programs, folder, cancel);

    /// <summary>Of the switch itself, with its prefix.</summary>
    public abstract string BridgeAddress { get; }

    /// <summary>As <c>--server</c> takes it.</summary>
    public abstract string Server { get; }

    /// <summary>What stands before a verb of its operator.</summary>
    public IReadOnlyList<string> OperatorWords => [.. Way, "env", "XDG_STATE_HOME=" + Path.Combine(Folder, "home"), "OSDEPLOY_SERVER=" + Server, Programs.Osdeploy];

    /// <summary>How a program of the operator gets to where the appliance can be reached.</summary>
    protected abstract IReadOnlyList<string> Way { get; }

    /// <summary>What PCs are told so that they are heard on their serial line.</summary>
    protected static IReadOnlyList<string> PcSettings => ["--kernel-parameters", "console=tty1 console=ttyS0", "--boot-language", "en"];

    protected LabPrograms Programs { get; }

    protected string Folder { get; }

    protected CancellationToken Cancel { get; }

    /// <summary>Starts it, makes its operator if it is the first time, logs in, and serves PCs.</summary>
    /// <exception cref="UserErrorException"><c>lab-appliance-down</c></exception>
    public abstract Task StartAsync(LabWires wires);

    public abstract ValueTask DisposeAsync();

    /// <summary>Runs a verb of the operator to its end, however that is.</summary>
    public Task<CommandResult> TryAsync(params IEnumerable<string> words) =>
        new Command(OperatorWords[0], [.. OperatorWords.Skip(1), .. words]).WithDeadline(s_verb).Accepting(_ => true).RunAsync(Cancel);

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

    protected async Task<string> WritePasswordAsync()
    {
        var path = Path.Combine(Folder, "password");
        await File.WriteAllTextAsync(path, Password + "\n", Cancel);
        return path;
    }
}
