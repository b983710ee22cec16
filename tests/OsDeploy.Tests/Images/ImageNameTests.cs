using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Images;

public sealed class ImageNameTests
{
    [Theory]
    [InlineData("win11")]
    [InlineData("7")]
    [InlineData("_x")]
    [InlineData("Lab-2.1_final")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void A_good_name_is_kept_as_it_is(string text) => Assert.Equal(text, ImageName.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("-rf")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a\0")]
    [InlineData("a\n")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void A_name_that_could_leave_its_folder_or_hide_is_refused(string? text)
    {
        Assert.False(ImageName.TryParse(text, out _));
        Assert.Equal("image-name", Assert.Throws<UserErrorException>(() => ImageName.Parse(text)).Code);
    }
}
