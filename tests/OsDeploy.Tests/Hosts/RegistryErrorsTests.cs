using System.Reflection;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Secrets;
using OsDeploy.Text;
using Xunit;

namespace OsDeploy.Tests.Hosts;

public sealed class RegistryErrorsTests
{
    private static readonly Dictionary<Type, object> s_samples = new()
    {
        [typeof(string)] = "something \u001b[31m",
        [typeof(int)] = 3,
        [typeof(MacAddress)] = TestRegistry.Mac(1),
        [typeof(DateTimeOffset)] = DateTimeOffset.UnixEpoch,
        [typeof(IReadOnlyList<string>)] = new[] { "one", "two\u202e" },
    };

    [Fact]
    public void Every_error_has_its_own_code_one_showable_sentence_and_a_hint()
    {
        var errors = new[] { typeof(HostErrors), typeof(ConfigurationErrors), typeof(SecretErrors) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Select(factory => (UserErrorException)factory.Invoke(null, [.. factory.GetParameters().Select(parameter => s_samples[parameter.ParameterType])])!)
            .ToList();

        Assert.Equal(errors.Count, errors.Select(error => error.Code).Distinct().Count());
        Assert.All(errors, error =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)+$", error.Code);
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", error.Hint, StringComparison.Ordinal);
            HostileText.AssertShowable(error.Message);
        });
    }
}
