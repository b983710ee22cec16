using System.CommandLine;
using OsDeploy.Cli.Login;
using OsDeploy.Cli.Output;
using OsDeploy.Cli.Ssh;

namespace OsDeploy.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        var terminal = Terminal.OfProcess();
        using var interruption = new Interruption(terminal);
        if (LoginShell.IsCalled())
        {
            return (int)await LoginShell.OfProcess(terminal).RunAsync(arguments, interruption.Token);
        }

        return (int)await RunAsync(new Session(terminal, TimeProvider.System, Logins.OfUser()), arguments, interruption.Token);
    }

    internal static Task<ExitCode> RunAsync(Session session, IReadOnlyList<string> arguments, CancellationToken cancel) =>
        GuardAsync(session, arguments, () => InvokeAsync(session, new OsDeployCommand(session).Parse(arguments), cancel));

    /// <exception cref="UserErrorException">Whatever the verb ends with; <c>usage-not-understood</c>.</exception>
    internal static async Task<ExitCode> InvokeAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        RequireUnderstood(parsed);
        var configuration = new InvocationConfiguration
        {
            Output = session.Terminal.Output,
            Error = session.Terminal.Talk,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Interruption handles signals.
        };
        return (ExitCode)await parsed.InvokeAsync(configuration, cancel);
    }

    /// <exception cref="UserErrorException"><c>usage-not-understood</c></exception>
    internal static void RequireUnderstood(ParseResult parsed)
    {
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            throw Errors.UsageNotUnderstood(parsed);
        }
    }

    /// <summary>Runs to an exit code, whatever happens.</summary>
    /// <param name="arguments">For the report of a fault.</param>
    internal static async Task<ExitCode> GuardAsync(Session session, IReadOnlyList<string> arguments, Func<Task<ExitCode>> work)
    {
        try
        {
            return await work();
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
