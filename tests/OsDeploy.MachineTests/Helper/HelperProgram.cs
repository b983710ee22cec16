using System.Diagnostics;
using System.Globalization;
using Mono.Unix.Native;

namespace OsDeploy.MachineTests.Helper;

/// <summary>The real program, always with <c>--dry-run</c>: the one <c>OSDEPLOY_HELPER</c> names (build.sh does), else the one built with the tests.</summary>
internal sealed class HelperProgram : IAsyncDisposable
{
    private readonly Process _process;

    private HelperProgram(string socket, Process process) => (Socket, _process) = (socket, process);

    public string Socket { get; }

    public static string Path { get; } = Environment.GetEnvironmentVariable("OSDEPLOY_HELPER") ?? Built();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Returns once it listens.</summary>
    public static async Task<HelperProgram> StartAsync(string socket, uint allowedUser)
    {
        var user = allowedUser.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Path, ["--socket", socket, "--allow-uid", user, "--dry-run"]) { RedirectStandardError = true };
#pragma warning disable RS0030 // Command waits for the end of a program; this one is talked to while it runs.
        var helper = new HelperProgram(socket, Process.Start(start)!);
#pragma warning restore RS0030
        var first = await helper.ReadLogAsync();
        Assert.StartsWith("listening at " + socket, first, StringComparison.Ordinal);
        return helper;
    }

    public static Task<CommandResult> RunAsync(params string[] arguments) =>
        new Command(Path, arguments).WithDeadline(TimeSpan.FromMinutes(1)).Accepting(_ => true).RunAsync(Cancel);

    /// <summary>The next line of its log; null once it has ended.</summary>
    public async Task<string?> ReadLogAsync() => await _process.StandardError.ReadLineAsync(Cancel);

    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        Assert.Equal(0, Syscall.kill(_process.Id, Signum.SIGTERM));
        await _process.WaitForExitAsync(Cancel);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    // The copy beside the tests lacks what its own output folder has.
    private static string Built()
    {
        var configuration = System.IO.Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        return System.IO.Path.GetFullPath($"{AppContext.BaseDirectory}/../../OsDeploy.Helper/{configuration}_linux-x64/osdeploy-helper");
    }
}
