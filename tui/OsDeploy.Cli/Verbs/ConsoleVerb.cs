using System.CommandLine;
using OsDeploy.Cli.Login;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Words;

namespace OsDeploy.Cli.Verbs;

internal sealed class ConsoleVerb : Verb
{
    private readonly Option<string?> _server = VerbOptions.Server();
    private readonly Option<string?> _pin = new("--pin") { Description = "Fingerprint of the server's key.", HelpName = "FINGERPRINT" };
    private readonly Option<string?> _language = ScreenOptions.Language();
    private readonly Option<bool> _highContrast = ScreenOptions.HighContrast();

    public ConsoleVerb(Session session)
        : base(
            session,
            "console",
            "The appliance's full-screen console: hosts, rooms, configurations, images, jobs and everything else.",
            "console",
            "console --server https://192.0.2.7:7443 --language de")
        => Takes(_server, _pin, _language, _highContrast);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var address = Session.ServerOf(parsed.GetValue(_server));
        var key = await ServerTrust.FindKeyAsync(Session, address, parsed.GetValue(_pin), cancel);
        Language.Use(Language.Choose(parsed.GetValue(_language), Environment.GetEnvironmentVariable));
        using var appliance = new ApplianceSession(address.ToString(), key, Session.Clock);
        Run(Session, appliance, parsed.GetValue(_highContrast));
        return ExitCode.Done;
    }

    /// <summary>Until the person leaves or the terminal is gone.</summary>
    /// <exception cref="UserErrorException"><c>no-terminal</c></exception>
    internal static void Run(Session session, ApplianceSession appliance, bool highContrast)
    {
        using var app = ScreenOptions.Open(highContrast);
        using var console = new ConsoleProgram(app, appliance, session.Clock) { RecordFault = fault => Fault.TryWriteLog(session.Clock, "osdeploy console", fault) };
        session.Terminal.IsTaken = true;
        console.Run();
    }
}
