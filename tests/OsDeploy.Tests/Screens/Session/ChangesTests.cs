using OsDeploy.Api.Appliance;
using OsDeploy.Screens.Session;
using Xunit;

namespace OsDeploy.Tests.Screens.Session;

public sealed class ChangesTests
{
    [Fact]
    public void Nothing_is_read_while_nothing_happens() => Assert.True(new Changes().IsEmpty);

    [Theory]
    [InlineData("host", "Hosts")]
    [InlineData("pending", "Pending")]
    [InlineData("room", "Rooms")]
    [InlineData("configuration", "Configurations")]
    [InlineData("job", "Jobs BatchList")]
    [InlineData("batch", "BatchList")]
    [InlineData("progress", "Progress")]
    [InlineData("version", "Configurations Versions Status")]
    [InlineData("alarm", "Status")]
    [InlineData("boot", "Boot")]
    [InlineData("something new", "")]
    public void Each_kind_of_event_names_what_to_read(string kind, string expected)
    {
        var changes = new Changes();
        changes.Add(new Event(7, kind, "id"));

        Assert.Equal(expected, ReadBy(changes));
    }

    [Fact]
    public void A_missed_event_means_everything()
    {
        var changes = new Changes();
        changes.Add(new Event(7, "room", "a"));
        changes.Take(out var next).Add(new Event(8, "room", "a"));
        Assert.False(next.All);
        next.Add(new Event(10, "room", "b"));
        Assert.True(next.All);
        Assert.False(changes.All);
    }

    [Fact]
    public void A_restarted_appliance_that_counts_from_one_means_everything()
    {
        var changes = new Changes();
        changes.Add(new Event(70, "room", "a"));
        changes.Add(new Event(1, "room", "b"));
        Assert.True(changes.All);
    }

    private static string ReadBy(Changes changes) => string.Join(' ', new[]
    {
        (changes.Hosts.Count > 0, "Hosts"),
        (changes.Pending, "Pending"),
        (changes.Rooms, "Rooms"),
        (changes.Configurations, "Configurations"),
        (changes.Jobs.Count > 0, "Jobs"),
        (changes.BatchList, "BatchList"),
        (changes.Progress, "Progress"),
        (changes.Versions, "Versions"),
        (changes.Status, "Status"),
        (changes.Boot, "Boot"),
        (changes.All, "All"),
    }.Where(pair => pair.Item1).Select(pair => pair.Item2));
}
