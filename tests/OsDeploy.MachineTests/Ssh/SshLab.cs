using System.Drawing;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Lab.Wires;
using OsDeploy.MachineTests.Boot;
using OsDeploy.MachineTests.Cli;
using OsDeploy.MachineTests.Daemons;
using OsDeploy.MachineTests.Helper;
using OsDeploy.MachineTests.Rooms;
using OsDeploy.MachineTests.Terminal;

namespace OsDeploy.MachineTests.Ssh;

/// <summary>
/// An appliance with the real sshd and our own configuration of it, in a network and file systems of its own (appliance.sh), and people who
/// come to it with the real ssh. <see cref="Anna"/> is its administrator, <see cref="Viewer"/> may only look; both have keys.
/// </summary>
public sealed class SshLab : IAsyncLifetime
{
    internal const string Anna = "anna";
    internal const string Viewer = "vera";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-ssh-");
    private NetworkNamespace? _network;
    private ApiClient? _api;

    internal ApiClient Api => _api ?? throw new InvalidOperationException("The appliance is not there yet.");

    internal string Folder => _folder.FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Overlay => Path.GetFullPath(Path.Combine(RootOfTree(), "iso/appliance/overlay"));

    public async ValueTask InitializeAsync()
    {
        Root.OrSkip();
        Assert.SkipUnless(Command.WhyMissing("sshd", "ssh", "unshare", "setpriv") is null, "openssh-server is not installed");
        Assert.SkipUnless(File.Exists("/usr/share/doc/libnss-extrausers/copyright"), "libnss-extrausers is not installed");
        await MakeFilesAsync();
        _network = await TestNetwork.CreateAsync("ssh");
        _ = _network.Start(
            "unshare", "--mount", "--propagation", "slave", "sh", Path.Combine(RootOfTree(), "tests/OsDeploy.MachineTests/Ssh/appliance.sh"), Folder, Overlay,
            Real(OsDeployProgram.Path), Real(OsDeployProgram.Daemon), Real(HelperProgram.Path), Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "/usr/share/dotnet");
        await RoomLab.UntilAsync(async () => await TryLogInAsync());
        await Api.CallAsync(AccountApi.Add, new NewOperator(Viewer, Role.Viewer, DaemonProgram.Password), Cancel);
        foreach (var name in new[] { Anna, Viewer })
        {
            await Api.CallAsync(AccountApi.AddKey, new NewOperatorKey("laptop", await File.ReadAllTextAsync(Key(name) + ".pub", Cancel)), Cancel, name);
        }

        await UntilMirroredAsync($"{Viewer}:");
        await RoomLab.UntilAsync(async () => (await CommandAsync(Viewer, "osdeploy status")).ExitCode == 0);
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        if (_network is not null)
        {
            await _network.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>File with the private key of somebody.</summary>
    internal string Key(string name) => Path.Combine(Folder, name + ".key");

    internal string Log(string program) => File.ReadAllText(Path.Combine(Folder, program + ".log"));

    /// <summary>The users of the system are as they should be.</summary>
    internal Task UntilMirroredAsync(string words) => RoomLab.UntilAsync(async () =>
        await TryReadAsync(Path.Combine(Folder, "extrausers/passwd")) is { } lines && lines.Contains(words, StringComparison.Ordinal));

    internal Task UntilNotMirroredAsync(string words) => RoomLab.UntilAsync(async () =>
        await TryReadAsync(Path.Combine(Folder, "extrausers/passwd")) is { } lines && !lines.Contains(words, StringComparison.Ordinal));

    /// <summary>What somebody with a key sends as a command.</summary>
    internal Task<CommandResult> CommandAsync(string name, string line, params string[] options) => SshAsync(name, [.. options, "-T", $"{name}@127.0.0.1", line]);

    /// <param name="words">For ssh, behind those that say who comes and to whom.</param>
    internal Task<CommandResult> SshAsync(string name, params IEnumerable<string> words) => RunAsync("", ["ssh", .. Who(name), .. words]);

    /// <summary>Another program of OpenSSH's: scp, sftp.</summary>
    internal Task<CommandResult> RunAsync(string input, params IEnumerable<string> words) =>
        _network!.Inside(words.First(), words.Skip(1)).WithInput(input).WithDeadline(TimeSpan.FromMinutes(1)).Accepting(_ => true).RunAsync(Cancel);

    /// <summary>Somebody with a password, and no key.</summary>
    internal async Task<CommandResult> ByPasswordAsync(string name, string password, string line)
    {
        var ask = Path.Combine(Folder, "ask");
        await File.WriteAllTextAsync(ask, $"#!/bin/sh\necho '{password}'\n", Cancel);
        File.SetUnixFileMode(ask, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return await RunAsync(
            "",
            "env", "SSH_ASKPASS=" + ask, "SSH_ASKPASS_REQUIRE=force", "ssh", "-F", "none", "-o", "UserKnownHostsFile=" + Path.Combine(Folder, "known"), "-o", "StrictHostKeyChecking=yes",
            "-o", "PreferredAuthentications=password", "-o", "PubkeyAuthentication=no", "-o", "NumberOfPasswordPrompts=1", "-T", $"{name}@127.0.0.1", line);
    }

    /// <summary>Somebody on a terminal, with a key and an environment that wants to come along.</summary>
    /// <param name="words">For ssh, behind the address.</param>
    internal TerminalProgram Open(string name, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> words) => new(
        Command.Find("ip")!,
        Folder,
        new Size(80, 24),
        environment,
        ["netns", "exec", _network!.Name, "ssh", .. Who(name), "-tt", $"{name}@127.0.0.1", .. words]);

    /// <summary>All that runs in its network: command lines and users.</summary>
    internal async Task<IReadOnlyList<(int Id, uint User, string Line)>> ProcessesAsync() =>
        [.. (await _network!.ProcessesAsync()).Select(ProcessOf).OfType<(int, uint, string)>()];

    internal IReadOnlyList<string> Who(string name) =>
    [
        "-F", "none", "-i", Key(name), "-o", "IdentitiesOnly=yes", "-o", "UserKnownHostsFile=" + Path.Combine(Folder, "known"), "-o", "StrictHostKeyChecking=yes", "-o", "BatchMode=yes",
    ];

    private async Task MakeFilesAsync()
    {
        File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        Directory.CreateDirectory(Path.Combine(Folder, "run"));
        Directory.CreateDirectory(Path.Combine(Folder, "extrausers"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "password"), DaemonProgram.Password + "\n", Cancel);
        foreach (var key in new[] { Path.Combine(Folder, "host"), Key(Anna), Key(Viewer), Key("stranger") })
        {
            await new Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "somebody", "-f", key).RunAsync(Cancel);
        }

        var known = "127.0.0.1 " + await File.ReadAllTextAsync(Path.Combine(Folder, "host.pub"), Cancel);
        await File.WriteAllTextAsync(Path.Combine(Folder, "known"), known, Cancel);
    }

    private async Task<bool> TryLogInAsync()
    {
        var socket = "unix:" + Path.Combine(Folder, "run/osdeployd.sock");
        try
        {
            using var nobody = new ApiClient(socket, TimeProvider.System, new ConnectionOptions().Once());
            var login = await nobody.CallAsync(AccountApi.Login, new LoginRequest(Anna, DaemonProgram.Password), Cancel);
            _api = new ApiClient(socket, TimeProvider.System, new ConnectionOptions { Token = login.Token }.Once());
            return true;
        }
        catch (UserErrorException e) when (e.Code == "store-unreachable")
        {
            return false;
        }
    }

    private static async Task<string?> TryReadAsync(string path) => File.Exists(path) ? await File.ReadAllTextAsync(path, Cancel) : null;

    private static (int Id, uint User, string Line)? ProcessOf(int id)
    {
        try
        {
            var user = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
            return (id, uint.Parse(user, System.Globalization.CultureInfo.InvariantCulture), File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ').Trim());
        }
        catch (IOException)
        {
            // It has just ended.
            return null;
        }
    }

    // build.sh names links: the folder beside the program has what it needs.
    private static string Real(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private static string RootOfTree()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "osdeploy.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside their working tree.");
    }
}
