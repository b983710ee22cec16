using OsDeploy.Server.Multicast;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Multicast;

/// <summary>How fast, and with how much parity.</summary>
public sealed class SenderRulesTests
{
    [Theory]
    [InlineData(100, 0, 0.05)]
    [InlineData(100, 5, 0.05)]
    [InlineData(113, 13, 0.05)]
    [InlineData(200, 2, 0.01)]
    public void The_chance_that_parity_does_not_suffice_is_as_drawn(int sent, int spare, double loss)
    {
        var random = new Random(14);
        var failures = Enumerable.Range(0, 20_000).Count(_ => Enumerable.Range(0, sent).Count(_ => random.NextDouble() < loss) > spare);

        Assert.InRange(ParityChoice.ChanceOfMore(sent, spare, loss), (failures / 20_000.0) - 0.015, (failures / 20_000.0) + 0.015);
    }

    [Fact]
    public void Parity_is_chosen_by_what_it_saves()
    {
        Assert.Equal(0, Chosen(100));
        Assert.Equal(0, Chosen(100, 0, 0, 0));
        Assert.InRange(Chosen(100, 0.05), 9, 16);
        Assert.True(Chosen(100, 0.05, 0.05, 0.05, 0.05) > Chosen(100, 0.05));
        Assert.True(Chosen(100, 0.10) > Chosen(100, 0.05));
        Assert.Equal(0, Chosen(100, 0.9)); // no parity helps this one, and the others need none
    }

    [Fact]
    public void A_clear_link_is_used_in_full()
    {
        var control = new RateControl(125e6);
        for (var i = 0; i < 20; i++)
        {
            control.Hear(0, control.Rate);
        }

        Assert.Equal(125e6, control.Rate);
    }

    [Fact]
    public void A_slow_link_is_found_and_hardly_overrun_any_more()
    {
        var control = new RateControl(125e6);
        var losses = Drive(control, 12.5e6, ownLoss: 0, turns: 40);

        Assert.InRange(control.Rate, 11.5e6, 13.2e6);
        Assert.True(losses.Skip(5).Average() < 0.03, $"{losses.Skip(5).Average():0.000}");
    }

    [Fact]
    public void A_link_that_loses_by_itself_is_not_sent_to_more_slowly()
    {
        var control = new RateControl(125e6);
        Drive(control, 1e12, ownLoss: 0.05, turns: 20);

        Assert.Equal(125e6, control.Rate);
    }

    [Fact]
    public void A_slow_link_that_loses_as_well_is_not_starved()
    {
        var control = new RateControl(125e6);
        Drive(control, 12.5e6, ownLoss: 0.05, turns: 60);

        Assert.InRange(control.Rate, 9e6, 16e6);
    }

    [Fact]
    public void A_link_that_loses_a_lot_by_itself_is_not_starved()
    {
        var control = new RateControl(12.5e6);
        Drive(control, 1e12, ownLoss: 0.4, turns: 60);

        Assert.InRange(control.Rate, 6e6, 12.5e6);
    }

    [Fact]
    public void A_low_limit_is_never_passed()
    {
        var control = new RateControl(100e3);
        Drive(control, 50e3, ownLoss: 0, turns: 20);

        Assert.InRange(control.Rate, 0, 100e3);
    }

    [Fact]
    public void The_pace_is_kept_whatever_the_bursts()
    {
        var time = new DaemonClock();
        var pacer = new Pacer(time);
        var sent = 0L;
        for (var millisecond = 0; millisecond < 1000; millisecond++)
        {
            time.Pass(TimeSpan.FromMilliseconds(1));
            while (pacer.TryTake(64_000, 50e6))
            {
                sent += 64_000;
            }
        }

        Assert.InRange(sent, 49.8e6, 50.3e6);
    }

    private static int Chosen(int content, params double[] losses)
    {
        var choice = new ParityChoice();
        choice.Expect(losses);
        return choice.For(content);
    }

    // A link that carries so much and then drops; what it carries may be lost as well.
    private static List<double> Drive(RateControl control, double capacity, double ownLoss, int turns)
    {
        var losses = new List<double>();
        for (var turn = 0; turn < turns; turn++)
        {
            var delivered = Math.Min(control.Rate, capacity) * (1 - ownLoss);
            losses.Add(1 - (delivered / control.Rate));
            control.Hear(losses[^1], delivered);
        }

        return losses;
    }
}
