using System.Drawing;
using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Hosts;
using OsDeploy.MachineTests.Cli;
using OsDeploy.MachineTests.Daemons;
using OsDeploy.Text;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>An appliance of its own, with some hosts, and consoles on terminals. For all tests of a class.</summary>
public sealed class ConsoleLab : IAsyncLifetime
{
    internal const string Viewer = "vera";

    private const int SomeHosts = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-console-");
    private DaemonProgram? _daemon;
    private ApiClient? _api;

    internal ApiClient Api => _api ?? throw new InvalidOperationException("The appliance is not there yet.");

    internal string Folder => _folder.FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _daemon = await DaemonProgram.StartAsync(Folder);
        _api = _daemon.As(await _daemon.LoginAsync());
        await AddHostsAsync(1, SomeHosts);
        await Api.CallAsync(AccountApi.Add, new NewOperator(Viewer, Role.Viewer, DaemonProgram.Password), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        if (_daemon is not null)
        {
            await _daemon.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    internal ApiClient Connect(string token) => _daemon!.As(token);

    internal async Task AddHostsAsync(int first, int count) => await Api.CallAsync(
        HostApi.Add,
        new NewHosts([.. Enumerable.Range(first, count).Select(number => new NewHost(MacOf(number), string.Create(CultureInfo.InvariantCulture, $"lab-{number:000}")))]),
        Cancel);

    internal TerminalProgram Open(string term, int columns = 80, int rows = 24, IReadOnlyDictionary<string, string>? more = null)
    {
        var environment = new Dictionary<string, string>(more ?? new Dictionary<string, string>()) { ["TERM"] = term, ["HOME"] = Folder };
        return new TerminalProgram(OsDeployProgram.Path, Folder, new Size(columns, rows), environment, "console", "--server", $"unix:{Folder}/data/osdeployd.sock");
    }

    /// <summary>A console with somebody who is logged in.</summary>
    internal TerminalProgram OpenLoggedIn(string term, int columns = 80, int rows = 24)
    {
        var console = Open(term, columns, rows);
        ConsoleKeys.LogIn(console, DaemonProgram.Anna, DaemonProgram.Password);
        return console;
    }

    private static MacAddress MacOf(int number) =>
        MacAddress.TryParse(string.Create(CultureInfo.InvariantCulture, $"02001a{number:x6}"), out var mac) ? mac : throw new ArgumentOutOfRangeException(nameof(number));
}
