using System.Reflection;
using OsDeploy.Server.Boot;
using Xunit;

namespace OsDeploy.Tests.Boot;

public sealed class BootErrorsTests
{
    private static readonly Dictionary<Type, object> s_samples = new()
    {
        [typeof(string)] = "something \u001b[31m",
        [typeof(int)] = 3,
        [typeof(Exception)] = new IOException("no room"),
    };

    [Fact]
    public void Every_error_has_its_own_code_one_showable_sentence_and_a_hint()
    {
        var errors = typeof(BootErrors).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(factory => (UserErrorException)factory.Invoke(null, [.. factory.GetParameters().Select(parameter => s_samples[parameter.ParameterType])])!)
            .ToList();

        Assert.Equal(errors.Count, errors.Select(error => error.Code).Distinct().Count());
        Assert.All(errors, error =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)+$", error.Code);
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", error.Hint, StringComparison.Ordinal);
            Assert.DoesNotContain(error.Message, char.IsControl);
        });
    }
}
