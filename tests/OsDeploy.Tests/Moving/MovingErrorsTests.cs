using System.Reflection;
using OsDeploy.Server.Moving;
using Xunit;

namespace OsDeploy.Tests.Moving;

/// <summary>What an operator reads when a backup cannot be used.</summary>
public sealed class MovingErrorsTests
{
    [Fact]
    public void Every_error_has_its_own_code_one_sentence_and_a_hint()
    {
        var errors = typeof(MovingErrors).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(UserErrorException))
            .Select(factory => (UserErrorException)factory.Invoke(null, [.. factory.GetParameters().Select(SampleOf)])!).ToList();

        Assert.True(errors.Count > 10);
        Assert.Equal(errors.Count, errors.Select(error => error.Code).Distinct().Count());
        Assert.All(errors, error =>
        {
            Assert.Matches("^backup-[a-z-]+$", error.Code);
            Assert.EndsWith(".", error.Message.TrimEnd(), StringComparison.Ordinal);
            Assert.True(error.Hint.EndsWith('.') || error.Hint.EndsWith('?'), error.Hint);
        });
    }

    private static object? SampleOf(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "a name",
        var type when type == typeof(int) => 7,
        var type when type == typeof(long) => 7L,
        _ => new IOException("broken."),
    };
}
