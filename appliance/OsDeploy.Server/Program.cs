#pragma warning disable RS0030 // The one file of the server that talks to a terminal: it asks for the first operator and says where it listens.
using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using OsDeploy.Server.Hosting;
using OsDeploy.Server.Moving;

namespace OsDeploy.Server;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(stop, signal));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(stop, signal));
        try
        {
            var command = new DaemonCommand((options, first, cancel) => RunAsync(options, first, cancel));
            return await command.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
        }
        catch (UserErrorException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}   [{e.Code}]\n{e.Hint}");
            return e.Code.StartsWith("usage-", StringComparison.Ordinal) ? 2 : 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static async Task<int> RunAsync(DaemonOptions options, FirstOperator first, CancellationToken cancel)
    {
        if (first.Recovers)
        {
            var (copy, aside) = Recovery.Run(options.Data, TimeProvider.System);
            Console.WriteLine($"The documents are those of {copy}. What was damaged lies in {aside}.");
            return 0;
        }

        int code;
        do
        {
            code = await RunOnceAsync(options, first, cancel);
        }
        while (!cancel.IsCancellationRequested && new PendingRestore(options.Data).IsThere); // what was restored is put in place by a start

        return code;
    }

    private static async Task<int> RunOnceAsync(DaemonOptions options, FirstOperator first, CancellationToken cancel)
    {
        await using var daemon = Daemon.Open(options, TimeProvider.System, LogToTerminal);
        await SetUpAsync(daemon, first, cancel);
        if (first.IsAll)
        {
            return 0;
        }

        await daemon.StartAsync(cancel);
        FirstStart.Welcome(daemon, options);
        await daemon.WaitAsync(cancel);
        return 0;
    }

    private static async Task SetUpAsync(Daemon daemon, FirstOperator first, CancellationToken cancel)
    {
        if (!daemon.NeedsFirstOperator && !first.IsAgain)
        {
            return;
        }

        var (name, password) = first.Name is { } given ? (given, first.ReadPassword()) : FirstStart.Ask();
        if (!daemon.NeedsFirstOperator)
        {
            await daemon.RequireAdministratorAsync(name, password, cancel);
        }

        if (first.ReadSettings() is { } settings)
        {
            daemon.Take(settings, name);
        }

        if (daemon.NeedsFirstOperator)
        {
            await daemon.AddFirstOperatorAsync(name, password, cancel);
        }
    }

    private static void LogToTerminal(ILoggingBuilder logging) =>
        logging.SetMinimumLevel(LogLevel.Warning).AddFilter("OsDeploy", LogLevel.Information).AddProvider(new StandardErrorLog());

    private static void Stop(CancellationTokenSource stop, PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
