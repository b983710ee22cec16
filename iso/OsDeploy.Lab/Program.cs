using System.CommandLine;
using System.Runtime.InteropServices;
using OsDeploy.Lab.Verbs;

namespace OsDeploy.Lab;

/// <summary>The virtual classroom. Called by build.sh.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var interruption = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Close);
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Close);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Close);
        try
        {
            return await LabVerbs.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
        }
        catch (UserErrorException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}   [{e.Code}]\n{e.Hint}");
            return e.Code.StartsWith("usage-", StringComparison.Ordinal) ? 2 : 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("The classroom is closed.");
            return 130;
        }

        // PCs and appliance are ended in order, whatever closes the classroom.
        void Close(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }
    }
}
