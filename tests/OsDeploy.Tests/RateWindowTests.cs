using Xunit;

namespace OsDeploy.Tests;

public sealed class RateWindowTests
{
    [Fact]
    public void One_sample_is_no_rate()
    {
        var window = new RateWindow();

        window.Add(TimeSpan.Zero, 1000);

        Assert.Null(window.Rate);
    }

    [Fact]
    public void The_rate_is_that_of_the_last_seconds_and_not_of_the_whole_job()
    {
        var window = new RateWindow();
        for (var second = 0; second <= 60; second++)
        {
            window.Add(TimeSpan.FromSeconds(second), 1000 * second);
        }

        for (var second = 61; second <= 80; second++)
        {
            window.Add(TimeSpan.FromSeconds(second), 60_000 + (10 * (second - 60)));
        }

        Assert.Equal(10, window.Rate);
    }

    [Fact]
    public void A_disk_that_stalls_shows_zero_within_the_window()
    {
        var window = new RateWindow();
        for (var second = 0; second <= 20; second++)
        {
            window.Add(TimeSpan.FromSeconds(second), Math.Min(second, 10) * 1000);
        }

        Assert.Equal(0, window.Rate);
    }

    [Fact]
    public void Samples_further_apart_than_the_window_still_give_a_rate()
    {
        var window = new RateWindow();
        window.Add(TimeSpan.Zero, 0);
        window.Add(TimeSpan.FromSeconds(10), 500);
        window.Add(TimeSpan.FromSeconds(20), 1500);

        Assert.Equal(100, window.Rate);
    }
}
