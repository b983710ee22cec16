using System.CommandLine;
using OsDeploy.Cli.Login;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        var terminal = Terminal.OfProcess();
        using var interruption = new Interruption(terminal);
        return (int)await RunAsync(new Session(terminal, TimeProvider.System, Logins.OfUser()), arguments, interruption.Token);
    }

    internal static async Task<ExitCode> RunAsync(Session session, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        try
        {
            var parsed = new OsDeployCommand(session).Parse(arguments);
            if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
            {
                throw Errors.UsageNotUnderstood(parsed);
            }

            var configuration = new InvocationConfiguration
            {
                Output = session.Terminal.Output,
                Error = session.Terminal.Talk,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // Interruption handles signals.
            };
            return (ExitCode)await parsed.InvokeAsync(configuration, cancel);
        }
#pragma warning disable CA1031 // The top loop: every exception becomes an exit code here and nowhere else.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Explain(session, arguments, e);
        }
    }

    private static ExitCode Explain(Session session, IReadOnlyList<string> arguments, Exception exception)
    {
        switch (exception)
        {
            case UserErrorException error:
                ErrorText.Write(session.Terminal.Talk, error);
                return error.Code.StartsWith("usage-", StringComparison.Ordinal) ? ExitCode.Usage : ExitCode.Failed;
            case OperationCanceledException:
                session.Terminal.Talk.WriteLine("Cancelled.");
                return ExitCode.Cancelled;
            default:
                Fault.Report(session, arguments, exception);
                return ExitCode.Failed;
        }
    }
}
