using System.Diagnostics;
using System.Text.RegularExpressions;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.MachineTests.Cli;

namespace OsDeploy.MachineTests.Daemons;

/// <summary>
/// The real program: the one <c>OSDEPLOY_DAEMON</c> names (build.sh does), else the one built with the tests. It serves on the loopback at any
/// port, and its first operator is <see cref="Anna"/>.
/// </summary>
internal sealed partial class DaemonProgram : IAsyncDisposable
{
    public const string Anna = "anna";
    public const string Password = "Sieben-Segel-im-Wind";

    private readonly Process _process;
    private readonly string _address;
    private readonly ServerKey _key;

    private DaemonProgram(Process process, string address, ServerKey key, TimeSpan readyAfter) =>
        (_process, _address, _key, ReadyAfter) = (process, address, key, readyAfter);

    /// <summary>How long it took until it said that it serves.</summary>
    public TimeSpan ReadyAfter { get; }

    private static string Program { get; } = OsDeployProgram.Daemon;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Returns once it serves.</summary>
    /// <param name="folder">Where <c>data</c> lies and the password of the first start is written.</param>
    public static async Task<DaemonProgram> StartAsync(string folder)
    {
        var watch = Stopwatch.StartNew();
        var process = Launch(folder);
        while (await process.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            if (LoginLine().Match(line) is { Success: true } said && ServerKey.TryParse(said.Groups["pin"].Value, out var key))
            {
                return new DaemonProgram(process, said.Groups["address"].Value, key, watch.Elapsed);
            }
        }

        var error = await process.StandardError.ReadToEndAsync(Cancel);
        process.Dispose();
        throw new InvalidOperationException("The daemon ended: " + error);
    }

    /// <summary>Kills one while it starts.</summary>
    public static async Task StartAndKillAsync(string folder, TimeSpan after)
    {
        using var process = Launch(folder);
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        kill.CancelAfter(after);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.WaitForExitAsync(kill.Token));
        process.Kill();
        await process.WaitForExitAsync(Cancel);
    }

    /// <summary>Asks once.</summary>
    public ApiClient As(string token) => new(_address, TimeProvider.System, OptionsOf(token));

    public HttpImageStore StoreAs(string token) => new(_address, TimeProvider.System, OptionsOf(token));

    public async Task<string> LoginAsync()
    {
        using var nobody = As("");
        return (await nobody.CallAsync(AccountApi.Login, new LoginRequest(Anna, Password), Cancel)).Token;
    }

    /// <summary>SIGKILL. Those that talk with it hear of it before this has returned.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static Process Launch(string folder)
    {
        var password = Path.Combine(folder, "password");
        File.WriteAllText(password, Password + "\n");
        string[] words = ["--data", Path.Combine(folder, "data"), "--listen", "127.0.0.1:0", "--first-operator", Anna, "--password-file", password, "--helper", Path.Combine(folder, "no-helper")];
        var start = new ProcessStartInfo(Program, words) { RedirectStandardOutput = true, RedirectStandardError = true };
#pragma warning disable RS0030 // Command waits for the end of a program; this one is talked to while it runs.
        return Process.Start(start)!;
#pragma warning restore RS0030
    }

    [GeneratedRegex("osdeploy login (?<address>https://\\S+) --pin (?<pin>[0-9a-f]{64})", RegexOptions.ExplicitCapture)]
    private static partial Regex LoginLine();

    private ConnectionOptions OptionsOf(string token) => new ConnectionOptions { ServerKey = _key, Token = token }.Once();
}
