using System.CommandLine;
using System.Reflection;
using OsDeploy.Cli;
using OsDeploy.Cli.Ssh;
using OsDeploy.Images;
using OsDeploy.Templates;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class CliErrorsTests
{
    private static readonly Dictionary<Type, object?> s_samples = new()
    {
        [typeof(string)] = "something",
        [typeof(int)] = 3,
        [typeof(long)] = 4096L,
        [typeof(ImageName)] = ImageName.Parse("lab"),
        [typeof(Exception)] = new IOException("Nobody is there."),
        [typeof(IEnumerable<string>)] = Array.Empty<string>(),
        [typeof(IEnumerable<ImageName>)] = Array.Empty<ImageName>(),
        [typeof(IEnumerable<VersionEntry>)] = Array.Empty<VersionEntry>(),
        [typeof(IReadOnlyList<VersionId>)] = Array.Empty<VersionId>(),
        [typeof(VersionEntry)] = new VersionEntry(ImageKind.Image, ImageName.Parse("lab"), default, default, IsCurrent: true, IsSigned: false, DamagedChunks: 1),
        [typeof(TemplateName)] = TemplateName.All[0],
        [typeof(IReadOnlyList<TemplateFault>)] = AnswerFile.Check(TemplateName.All[0], "x"),
        [typeof(IReadOnlyList<string>)] = new[] { "SOMETHING" },
        [typeof(UserErrorException)] = new UserErrorException("some-code", "It is so.", "Do that."),
        [typeof(ParseResult)] = new RootCommand().Parse("nonsense"),
    };

    [Fact]
    public void Every_error_has_its_own_code_one_sentence_and_a_hint()
    {
        var errors = new[] { typeof(OsDeploy.Cli.Errors), typeof(ServerErrors), typeof(TemplateErrors), typeof(SshErrors) }.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Select(factory => (UserErrorException)factory.Invoke(null, [.. factory.GetParameters().Select(parameter => s_samples[parameter.ParameterType])])!)
            .ToList();

        Assert.NotEmpty(errors);
        Assert.Equal(errors.Count, errors.Select(error => error.Code).Distinct().Count());
        Assert.All(errors, error =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)+$", error.Code);
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", error.Hint, StringComparison.Ordinal);
        });
    }
}
