using OsDeploy.Cli.Output;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class ErrorTextTests
{
    [Fact]
    public void A_user_error_is_what_and_code_then_what_to_do() => Assert.Equal(
        "The disk has 238 GiB, the image needs 256 GiB.   [disk-too-small]\nChoose a larger disk.\n",
        TextOf(new UserErrorException("disk-too-small", "The disk has 238 GiB, the image needs 256 GiB.", "Choose a larger disk.")));

    [Fact]
    public void Its_cause_follows_as_details_without_control_characters() => Assert.EndsWith(
        "\nDetails: no?space\n",
        TextOf(new UserErrorException("disk-full", "There is no room.", "Free some.", new IOException("no\u001bspace"))),
        StringComparison.Ordinal);

    private static string TextOf(UserErrorException error)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        ErrorText.Write(writer, error);
        return writer.ToString();
    }
}
