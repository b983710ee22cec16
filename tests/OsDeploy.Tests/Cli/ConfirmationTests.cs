using OsDeploy.Cli;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class ConfirmationTests
{
    [Theory]
    [InlineData("sdb\n")]
    [InlineData("  sdb \n")]
    public async Task The_name_typed_as_shown_goes_on(string typed) =>
        await Confirmation.RequireNameAsync(TestTerminal.Answering(typed).Terminal, "sdb", TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("sda\n")]
    [InlineData("SDB\n")]
    [InlineData("yes\n")]
    [InlineData("\n")]
    [InlineData("")]
    public async Task Anything_else_stops(string typed)
    {
        var terminal = TestTerminal.Answering(typed).Terminal;

        var error = await Assert.ThrowsAsync<UserErrorException>(() => Confirmation.RequireNameAsync(terminal, "sdb", TestContext.Current.CancellationToken));

        Assert.Equal("not-confirmed", error.Code);
    }

    [Fact]
    public async Task A_cancel_stops_the_question()
    {
        var terminal = TestTerminal.Answering("sdb\n").Terminal;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Confirmation.RequireNameAsync(terminal, "sdb", new CancellationToken(canceled: true)));
    }
}
