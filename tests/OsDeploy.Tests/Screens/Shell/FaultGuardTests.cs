using OsDeploy.Screens.Shell;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tests.Screens.Shell;

public sealed class FaultGuardTests
{
    [Fact]
    public void A_screen_with_a_fault_says_so_and_the_next_key_works()
    {
        var done = 0;
        Run(
            "it\u001b[2J broke",
            () => done++,
            terminal =>
            {
                terminal.Press(Key.F2);
                terminal.UntilShown("A fault of osdeploy");
                terminal.Then(() => Assert.Contains("InvalidOperationException: it?[2J broke", terminal.Text, StringComparison.Ordinal));
                terminal.Press(Key.Enter, Key.F3);
            });
        Assert.Equal(1, done);
    }

    [Fact]
    public void A_screen_that_fails_again_and_again_ends_the_program_with_its_fault() => Assert.Throws<InvalidOperationException>(() => Run(
        "broken",
        () => { },
        terminal =>
        {
            for (var i = 0; i < 6; i++)
            {
                terminal.Press(Key.F2);
                if (i < 5)
                {
                    terminal.UntilShown("A fault of osdeploy");
                    terminal.Press(Key.Enter);
                }
            }
        }));

    [Fact]
    public void A_dialog_with_what_was_typed_into_it_lives_through_a_fault_beside_it()
    {
        using var terminal = new MemoryTerminal(TerminalProfile.Xterm, 80, 24) { Patience = TimeSpan.FromSeconds(20) };
        using var app = new Application(TimeProvider.System).Init(terminal);
        using var window = new Window();
        using var dialog = new Dialog { Title = "Typing" };
        var field = new TextField { Width = 20 };
        dialog.Add(field);
        var dialogs = new Dialogs(app, TimeProvider.System) { Ground = window };
        app.Invoke(() => dialogs.Run(dialog));
        terminal.UntilShown("Typing");
        terminal.Type("half a sen");
        terminal.Then(() => app.Invoke(() => throw new InvalidOperationException("beside")));
        terminal.UntilShown("A fault of osdeploy");
        terminal.Press(Key.Enter);
        terminal.Type("tence");
        terminal.Press(Key.Esc);
        terminal.Then(() => app.RequestStop(window));

        app.Run(window, new FaultGuard(dialogs, _ => null).Survives);

        Assert.Equal("half a sentence", field.Text);
    }

    // F2 fails, F3 works, F10 leaves.
    private static void Run(string fault, Action work, Action<MemoryTerminal> person)
    {
        using var terminal = new MemoryTerminal(TerminalProfile.Xterm, 80, 24) { Patience = TimeSpan.FromSeconds(20) };
        using var app = new Application(TimeProvider.System).Init(terminal);
        using var window = new Window();
        window.KeyDown += (_, key) => Action(key)();
        var dialogs = new Dialogs(app, TimeProvider.System) { Ground = window };
        person(terminal);
        terminal.Press(Key.F10);
        app.Run(window, new FaultGuard(dialogs, _ => null).Survives);

        Action Action(Key key) =>
            key == Key.F2 ? () => throw new InvalidOperationException(fault)
            : key == Key.F3 ? work
            : key == Key.F10 ? () => app.RequestStop(window)
            : () => { };
    }
}
