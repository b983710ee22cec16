using System.Reflection;
using OsDeploy.Api;
using OsDeploy.Chunks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Api;

public sealed class ProblemTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_error_arrives_at_the_agent_as_the_server_threw_it()
    {
        await using var appliance = await TestAppliance.StartAsync();
        await using var store = appliance.Connect();
        string[] askedAgain = ["request-too-slow", "store-pruning"];
        var errors = ErrorsOf(typeof(Errors)).Concat(ErrorsOf(typeof(Server.Errors))).Where(error => !askedAgain.Contains(error.Code)).ToList();
        Assert.NotEmpty(errors);
        foreach (var error in errors)
        {
            appliance.Store.Failure = error;
            var arrived = await Assert.ThrowsAsync<UserErrorException>(() => store.ListAsync(Cancel));
            Assert.Equal((error.Code, error.Message, error.Hint), (arrived.Code, arrived.Message, arrived.Hint));
        }
    }

    [Fact]
    public async Task A_fault_of_the_server_is_reported_at_once_and_not_asked_for_again()
    {
        await using var appliance = await TestAppliance.StartAsync();
        var time = new JumpingTime();
        await using var store = appliance.Connect(time);
        foreach (var fault in new Exception[] { new IOException("Input/output error"), new UnauthorizedAccessException("Access denied"), new ObjectDisposedException("pack") })
        {
            appliance.Store.Failure = fault;
            var arrived = await Assert.ThrowsAsync<UserErrorException>(() => store.ListAsync(Cancel));
            Assert.Equal("server-fault", arrived.Code);
            Assert.Contains(fault.Message.Split('\n')[0], arrived.Message, StringComparison.Ordinal);
        }

        Assert.Empty(time.Jumps);
    }

    private static IEnumerable<UserErrorException> ErrorsOf(Type errors) => errors
        .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(factory => factory.ReturnType == typeof(UserErrorException))
        .Select(factory => (UserErrorException)factory.Invoke(null, [.. factory.GetParameters().Select(SampleOf)])!);

    private static object? SampleOf(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "/srv/a \"name\" – ä",
        var type when type == typeof(int) => 7,
        var type when type == typeof(long) => 7L,
        var type when type == typeof(TimeSpan) => TimeSpan.FromMinutes(3),
        var type when type == typeof(ChunkId) => ChunkId.Of([1]),
        var type when type == typeof(VersionId) => VersionId.Of([2]),
        var type when type == typeof(CommandResult) => new CommandResult(3, "out", "bad things"),
        var type when type == typeof(Problem) => new Problem(409, "Conflict", "detail", "some-code", "hint"),
        var type when type.IsAssignableFrom(typeof(string[])) => new[] { "-a", "b" },
        var type when type.IsAssignableFrom(typeof(IOException)) => new IOException("broken"),
        _ => null,
    };
}
