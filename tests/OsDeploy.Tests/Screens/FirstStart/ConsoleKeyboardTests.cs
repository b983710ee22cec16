using OsDeploy.Screens.FirstStart;
using Xunit;

namespace OsDeploy.Tests.Screens.FirstStart;

public sealed class ConsoleKeyboardTests
{
    private readonly List<string> _loaded = [];

    [Theory]
    [InlineData("de", "de")]
    [InlineData("fr", "fr")]
    [InlineData("en", "us")]
    public async Task It_is_that_of_the_language(string language, string keyboard)
    {
        var chosen = Of(null);

        await chosen.FollowAsync(language, TestContext.Current.CancellationToken);

        Assert.Equal(keyboard, chosen.InForce);
        Assert.Equal([keyboard], _loaded);
    }

    [Fact]
    public async Task One_that_was_said_at_the_start_stays()
    {
        var chosen = Of("uk");

        await chosen.FollowAsync("de", TestContext.Current.CancellationToken);

        Assert.Equal("uk", chosen.InForce);
        Assert.Empty(_loaded);
    }

    [Fact]
    public void Every_keyboard_that_can_be_chosen_is_one_that_the_appliance_loads()
    {
        var script = Repository.Read("iso/appliance/overlay/usr/lib/osdeploy/keyboard");

        Assert.All(OsDeploy.SetUp.ApplianceSettings.Keyboards, name => Assert.Contains($"    {name}) map=", script, StringComparison.Ordinal));
    }

    private ConsoleKeyboard Of(string? said) => new(said, (name, _) =>
    {
        _loaded.Add(name);
        return Task.CompletedTask;
    });
}
