using OsDeploy.Api;
using Xunit;

namespace OsDeploy.Tests.Api;

public sealed class ServerKeyTests
{
    // The examples of arXiv:0901.4016: 127.0.0.1 and 63.84.220.193; 212.58.253.68 and 216.68.232.21.
    [Theory]
    [InlineData("7f0000013f54dcc1", "lusab babad gutih tugad")]
    [InlineData("d43afd44d844e815", "tibup zujah todah vobij")]
    public void The_words_of_a_fingerprint_are_proquints(string first, string words)
    {
        Assert.True(ServerKey.TryParse(first + new string('0', 48), out var key));
        Assert.Equal(words, key.Words);
    }

    [Fact]
    public void No_key_has_no_words() => Assert.Equal("", default(ServerKey).Words);
}
