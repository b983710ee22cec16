namespace OsDeploy.MachineTests.Cli;

/// <summary>The program as users run it: the published one if <c>OSDEPLOY_PROGRAM</c> names it (build.sh does), else the one built with the tests.</summary>
internal static class OsDeployProgram
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(5);

    public static string Path { get; } = Environment.GetEnvironmentVariable("OSDEPLOY_PROGRAM") ?? Built("OsDeploy.Cli", "osdeploy");

    /// <summary>The appliance, chosen in the same way by <c>OSDEPLOY_DAEMON</c>.</summary>
    public static string Daemon { get; } = Environment.GetEnvironmentVariable("OSDEPLOY_DAEMON") ?? Built("OsDeploy.Server", "osdeployd");

    /// <summary>As a script runs it: no terminal.</summary>
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(TestContext.Current.CancellationToken, arguments);

    /// <param name="home">Where this person's logins are kept.</param>
    /// <param name="kill">Ends it, and the tools it runs, by SIGKILL.</param>
    public static Task<CommandResult> RunAtHomeAsync(string home, CancellationToken kill, params string[] arguments) =>
        new Command("env", ["XDG_STATE_HOME=" + home, Path, .. arguments]).WithDeadline(s_deadline).Accepting(_ => true).RunAsync(kill);

    /// <param name="kill">Ends it, and the tools it runs, by SIGKILL.</param>
    public static Task<CommandResult> RunAsync(CancellationToken kill, params string[] arguments) =>
        new Command(Path, arguments).WithDeadline(s_deadline).Accepting(_ => true).RunAsync(kill);

    /// <summary>As a person runs it: on a terminal, where everything comes out in one stream.</summary>
    public static Task<CommandResult> RunOnTerminalAsync(string typed, params string[] arguments) =>
        new Command("script", "--quiet", "--return", "--command", string.Join(' ', arguments.Prepend(Path)), "/dev/null")
            .WithInput(typed + "\n")
            .WithDeadline(s_deadline)
            .Accepting(_ => true)
            .RunAsync(TestContext.Current.CancellationToken);

    // The copy beside the tests lacks what its own output folder has.
    internal static string Built(string project, string program)
    {
        var configuration = System.IO.Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        return System.IO.Path.GetFullPath($"{AppContext.BaseDirectory}/../../{project}/{configuration}_linux-x64/{program}");
    }
}
