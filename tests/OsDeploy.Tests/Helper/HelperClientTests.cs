using System.Net.Sockets;
using System.Text;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Tests.Api;
using Xunit;

namespace OsDeploy.Tests.Helper;

public sealed class HelperClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => _folder["helper.sock"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_socket_the_helper_is_missing() => Assert.Equal("helper-missing", (await FailureAsync(TimeProvider.System)).Code);

    [Fact]
    public async Task A_socket_that_nobody_answers_is_a_missing_helper()
    {
        using var bound = Bind();

        Assert.Equal("helper-missing", (await FailureAsync(TimeProvider.System)).Code);
    }

    [Fact]
    public async Task A_helper_that_says_nothing_is_not_waited_for_forever()
    {
        using var door = Bind();
        door.Listen();

        Assert.Equal("helper-silent", (await FailureAsync(new JumpingTime())).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"ok\":true}")]
    [InlineData("null\n")]
    [InlineData("{\"ok\":true,\"more\":1}\n")]
    [InlineData("220 mail ESMTP\r\n")]
    public async Task Another_program_at_the_socket_is_not_taken_for_the_helper(string answer)
    {
        using var door = Bind();
        door.Listen();
        var failure = FailureAsync(TimeProvider.System);
        using (var connection = await door.AcceptAsync(Cancel))
        {
            await connection.SendAsync(Encoding.UTF8.GetBytes(answer), Cancel);
        }

        Assert.Equal("helper-answer", (await failure).Code);
    }

    [Fact]
    public async Task A_refusal_that_comes_before_the_request_is_read_is_heard()
    {
        using var door = Bind();
        door.Listen();
        var failure = FailureAsync(TimeProvider.System);
        using (var connection = await door.AcceptAsync(Cancel))
        {
            await connection.SendAsync(HelperProtocol.LineOf(new HelperAnswer(false, "some-code", "No\u001b.", "Go.")), Cancel);
        }

        var error = await failure;
        Assert.Equal(("some-code", "No?.", "Go."), (error.Code, error.Message, error.Hint));
    }

    [Fact]
    public async Task Cancel_is_always_an_exception()
    {
        using var door = Bind();
        door.Listen();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var call = new HelperClient(Path, TimeProvider.System).CallAsync(new PowerRequest(PowerAction.Off), cancel.Token);
        using var connection = await door.AcceptAsync(Cancel);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private Socket Bind()
    {
        var door = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        door.Bind(new UnixDomainSocketEndPoint(Path));
        return door;
    }

    private Task<UserErrorException> FailureAsync(TimeProvider time) =>
        Assert.ThrowsAsync<UserErrorException>(() => new HelperClient(Path, time).CallAsync(new PowerRequest(PowerAction.Off), Cancel));
}
