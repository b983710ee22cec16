using OsDeploy.Images;
using OsDeploy.Server.Configurations;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Configurations;

public sealed class ImageNamesTests
{
    [Theory]
    [InlineData("win11-lab", "win11-lab")]
    [InlineData("Win 11 (Büro)", "Win-11--B-ro")]
    [InlineData("../../etc", "etc")]
    [InlineData(".hidden", "hidden")]
    [InlineData("図書館", "image")]
    public void An_image_is_named_like_its_configuration(string name, string image) => Assert.Equal(image, ImageNames.Of(name, []).ToString());

    [Fact]
    public void A_name_in_use_gets_a_number_whatever_its_case() =>
        Assert.Equal("Lab-3", ImageNames.Of("Lab", [ImageName.Parse("lab"), ImageName.Parse("LAB-2")]).ToString());

    [Fact]
    public void Every_name_makes_an_image() => Assert.All(HostileText.Samples, hostile => Assert.True(ImageName.TryParse(ImageNames.Of(hostile, []).ToString(), out _)));
}
