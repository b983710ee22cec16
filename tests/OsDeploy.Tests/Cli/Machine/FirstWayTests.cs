using OsDeploy.Cli.Machine;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using Xunit;

namespace OsDeploy.Tests.Cli.Machine;

public sealed class FirstWayTests
{
    private readonly TaskCompletionSource<bool> _cable = new();
    private readonly TaskCompletionSource<string?> _typed = new();
    private readonly List<string> _done = [];

    public FirstWayTests() => Language.Use(Language.English);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cable_is_enough()
    {
        _cable.SetResult(true);
        await NewWay().ConnectAsync(Cancel);
        Assert.Equal(["connect or give up"], _done);
    }

    [Fact]
    public async Task Without_a_cable_a_network_is_asked_for_and_then_an_address()
    {
        _cable.SetResult(false);
        await NewWay().ConnectAsync(Cancel);
        Assert.Equal(["connect or give up", "ask", "connect"], _done);
    }

    [Fact]
    public async Task A_key_asks_for_a_network_though_a_cable_may_be_there()
    {
        _typed.SetResult("");
        await NewWay().ConnectAsync(Cancel);
        Assert.Equal(["connect or give up", "ask", "connect"], _done);
    }

    [Fact]
    public async Task Where_nobody_answers_it_waits_for_a_cable()
    {
        _cable.SetResult(false);
        await NewWay(FormEnd.Left).ConnectAsync(Cancel);
        Assert.Equal(["connect or give up", "ask", "connect"], _done);
    }

    [Fact]
    public async Task After_the_end_of_input_a_cable_still_counts()
    {
        _typed.SetResult(null);
        var connecting = NewWay().ConnectAsync(Cancel);
        Assert.False(connecting.IsCompleted);
        _cable.SetResult(true);
        await connecting;
        Assert.Equal(["connect or give up"], _done);
    }

    [Fact]
    public async Task Without_wireless_drivers_it_is_waited_for_a_cable()
    {
        var way = new FirstWay(Lines(), Connect, askWireless: null);
        Assert.False(way.HasWireless);
        await way.ConnectAsync(Cancel);
        Assert.Equal(["connect"], _done);
    }

    [Fact]
    public async Task Cancelling_ends_it()
    {
        using var stop = new CancellationTokenSource();
        var connecting = NewWay().ConnectAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    private FirstWay NewWay(FormEnd end = FormEnd.Done) => new(Lines(), Connect, _ =>
    {
        _done.Add("ask");
        return Task.FromResult(end);
    });

    private PlainLines Lines() => new(TextWriter.Null, (_, cancel) => _typed.Task.WaitAsync(cancel), (_, _) => Task.FromResult<string?>(null));

    // Where it may not give up, there is an address in the end.
    private Task<bool> Connect(bool mayGiveUp, CancellationToken cancel)
    {
        _done.Add(mayGiveUp ? "connect or give up" : "connect");
        return mayGiveUp ? _cable.Task.WaitAsync(cancel) : Task.FromResult(true);
    }
}
