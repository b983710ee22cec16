using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Machine;

/// <summary>
/// A root shell on a console of its own, for an administrator. The server says who that is: nothing on this computer could, and without a
/// server there is no shell.
/// </summary>
internal static class ConsoleLogin
{
    // Nobody stays at a prompt that long, and it costs memory.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <param name="shell">Returns when the shell has ended.</param>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> RunAsync(MachineOptions options, PlainLines lines, Action shell, TimeProvider time, CancellationToken cancel)
    {
        if (options.WhyNoShell is { } why)
        {
            lines.Say(why);
            return false;
        }

        using var account = new MachineAccount(options, time);
        using var patience = new CancellationTokenSource(s_patience, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        var form = LoginFlow.Administrator(account, "", Words.Machine.MenuBash, _ =>
        {
            using var mark = OpenShell.Mark(options.ShellMark);
            shell();
            return Task.CompletedTask;
        });
        try
        {
            return (await new PlainPrompt(lines).RunAsync(form, over.Token)).End == FormEnd.Done;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
