using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Network;

/// <summary>Lets a host try again that was started for its job and said nothing.</summary>
internal static class BootRetry
{
    /// <param name="row">Of a host that was stopped.</param>
    public static void Ask(Workplace at, NetworkDesk desk, BootRow row)
    {
        var loop = row.Loop!;
        if (at.Dialogs.Confirm(Words.Network.RetryTitle, Language.Fill(Words.Network.RetryText, loop.Name, loop.Starts, JobText.NumberOf(loop.Job)), Words.Network.RetryYes))
        {
            at.Dialogs.Wait(HotKey.Strip(Words.Network.RetryYes), cancel => desk.RetryAsync(loop, cancel));
            at.Frame.Toast(Language.Fill(Words.Network.RetryDone, loop.Name));
        }
    }
}
