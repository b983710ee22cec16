using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>Leaving the tool.</summary>
internal static class QuitFlow
{
    public static FormModel Of(MachineSession session) => new(
        Words.Machine.QuitTitle,
        [
            new InfoEntry("ask", () => Words.Machine.QuitAsk),
            new InfoEntry("server", () => Language.Fill(Words.Machine.ConnectedTo, Printable.Of(session.State.Facts?.Appliance ?? "-"), Printable.Of(session.Options.Server))),
            new InfoEntry("job", () => Words.Machine.QuitWorking) { IsWarning = true, Applies = () => session.State.Work is { Result: null } },
        ],
        new FormAction("restart", Words.Machine.QuitRestart, cancel => LeaveAsync(session, session.Computer.RebootAsync, cancel)) { IsDestructive = true },
        new FormAction("off", Words.Machine.QuitOff, cancel => LeaveAsync(session, session.Computer.PowerOffAsync, cancel)) { IsDestructive = true })
    { Help = Words.Machine.HelpQuit };

    private static async Task LeaveAsync(MachineSession session, Func<CancellationToken, Task> leave, CancellationToken cancel)
    {
        if (session.Computer.WhyNoReboot() is { } why)
        {
            throw why;
        }

        await session.Account.LogoutAsync(cancel);
        await leave(cancel);
        session.Leave();
    }
}
