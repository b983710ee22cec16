using OsDeploy.Agent;
using OsDeploy.Api.Agents;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Machine;
using OsDeploy.Screens.Machine.Views;
using OsDeploy.Tui.App;

namespace OsDeploy.Cli.Machine;

/// <summary>A host with somebody in front of it: the agent works on one thread, the screens on another.</summary>
internal static class ScreenMachine
{
    /// <returns>How the last job ended; null: whoever sat here has left.</returns>
    public static async Task<JobEnd?> RunAsync(AgentOptions agent, MachineOptions options, Computer computer, TimeProvider time, CancellationToken cancel)
    {
        using var session = new MachineSession(agent, options, computer, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = Task.FromResult<JobEnd?>(null);
        try
        {
            // Nothing begins before somebody can see it.
            using var app = (Application)Application.Create().Init();
            using var screens = new MachineScreens(app, session, app.Suspend, time) { RecordFault = fault => Fault.TryWriteLog(time, "osdeploy machine", fault) };
            work = Task.Run(() => session.RunAsync(stop.Token), CancellationToken.None);
            _ = work.ContinueWith(_ => screens.Close(), TaskScheduler.Default);
            screens.Run();
        }
        finally
        {
            // However the screens end, the agent ends where the disk is safe.
            await stop.CancelAsync();
            await Task.WhenAny(work);
        }

        return await EndAsync(work, stop, cancel);
    }

    /// <summary>The same, line by line.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task<JobEnd?> RunPlainAsync(AgentOptions agent, MachineOptions options, Computer computer, Session here, CancellationToken cancel)
    {
        using var session = new MachineSession(agent, options, computer, here.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = session.RunAsync(stop.Token);
        _ = work.ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);
        var lines = new PlainLines(here.Terminal.Talk, here.Terminal.TryAskAsync, here.Terminal.TryAskSecretAsync);
        try
        {
            await new PlainMachine(session, lines).RunAsync(stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(work);
        }

        return await EndAsync(work, stop, cancel);
    }

    private static async Task<JobEnd?> EndAsync(Task<JobEnd?> work, CancellationTokenSource stop, CancellationToken cancel)
    {
        // The terminal is as it was: what the agent ends with can be read.
        await stop.CancelAsync();
        try
        {
            return await work;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
