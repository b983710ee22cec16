using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests;

/// <summary>An application on a terminal in memory: a test says first what a person does and what is to be seen, then shows the screen.</summary>
internal sealed class Stage : IDisposable
{
    private int _looks;
    private int _looked;

    public Stage(TerminalProfile? profile = null, int columns = 80, int rows = 24)
    {
        Terminal = new MemoryTerminal(profile ?? TerminalProfile.Xterm, columns, rows);
        App = new Application(Time).Init(Terminal);
    }

    public StageTime Time { get; } = new();

    public MemoryTerminal Terminal { get; }

    public Application App { get; }

    public Stage Press(params Key[] keys)
    {
        Terminal.Press(keys);
        return this;
    }

    public Stage Type(string text)
    {
        Terminal.Type(text);
        return this;
    }

    public Stage Look(Action look)
    {
        _looks++;
        Terminal.Then(() =>
        {
            look();
            _looked++;
        });
        return this;
    }

    /// <summary>What stands in a row, without the blanks around it.</summary>
    public Stage Sees(int row, string text) => Look(() => Assert.Equal(text, Terminal.Line(row).Trim()));

    public void Show(params View[] views)
    {
        using var screen = new Runnable();
        screen.Add(views);
        Run(screen);
    }

    /// <summary>Until the script is at its end, or the screen closes by itself.</summary>
    public object? Run(Runnable screen)
    {
        Terminal.HangUp();
        var result = App.Run(screen);
        // What was not looked at was not tested.
        Assert.Equal(_looks, _looked);
        return result;
    }

    public void Dispose() => App.Dispose();
}
