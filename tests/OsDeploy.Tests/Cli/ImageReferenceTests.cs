using OsDeploy.Chunks;
using OsDeploy.Cli;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class ImageReferenceTests
{
    private static readonly VersionEntry s_old = Entry("lab", "aaaaaa11", isCurrent: false);
    private static readonly VersionEntry s_new = Entry("lab", "aaaaaa22", isCurrent: true);
    private static readonly VersionEntry s_other = Entry("office", "aaaaaa33", isCurrent: true);
    private static readonly VersionEntry s_manual = Entry("lab", "bbbbbb", isCurrent: true) with { Kind = ImageKind.Manual };
    private static readonly VersionEntry[] s_all = [s_new, s_old, s_other, s_manual];

    [Fact]
    public void Without_a_version_the_current_one_is_meant() => Assert.Equal(s_new, Find("lab"));

    [Theory]
    [InlineData("lab@aaaaaa11")]
    [InlineData("lab@AAAAAA11")]
    public void The_beginning_of_a_version_is_enough(string text) => Assert.Equal(s_old, Find(text));

    [Fact]
    public void A_whole_version_is_accepted() => Assert.Equal(s_old, Find($"lab@{s_old.Version}"));

    [Fact]
    public void A_version_of_another_image_is_not_found()
    {
        var error = Assert.Throws<UserErrorException>(() => Find("lab@aaaaaa33"));

        Assert.Equal("version-unknown", error.Code);
        Assert.Contains(s_new.Version.Short + " (current)", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ambiguous_beginning_lists_the_candidates()
    {
        var error = Assert.Throws<UserErrorException>(() => Find("lab@aaaaaa"));

        Assert.Equal("version-ambiguous", error.Code);
        Assert.Contains(s_old.Version.ToString(), error.Hint, StringComparison.Ordinal);
        Assert.Contains(s_new.Version.ToString(), error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_image_names_those_there_are()
    {
        var error = Assert.Throws<UserErrorException>(() => Find("labor"));

        Assert.Equal("image-missing", error.Code);
        Assert.Equal("It has lab, office.", error.Hint);
    }

    [Theory]
    [InlineData("lab@aaaaa")]
    [InlineData("lab@")]
    [InlineData("lab@aaaaaaxx")]
    [InlineData("lab@aaaaaa@bbbbbb")]
    public void Fewer_than_six_digits_or_other_letters_are_refused(string text) =>
        Assert.Equal("usage-version", Assert.Throws<UserErrorException>(() => ImageReference.Parse(text)).Code);

    [Theory]
    [InlineData("../lab")]
    [InlineData("")]
    [InlineData("@aaaaaa11")]
    public void A_name_that_is_no_name_is_refused(string text) =>
        Assert.Equal("image-name", Assert.Throws<UserErrorException>(() => ImageReference.Parse(text)).Code);

    [Fact]
    public void What_changes_a_version_wants_it_named_unless_it_is_the_only_one()
    {
        var error = Assert.Throws<UserErrorException>(() => ImageReference.Parse("lab").FindNamedIn(s_all, ImageKind.Image));

        Assert.Equal("usage-version-needed", error.Code);
        Assert.Equal(s_other, ImageReference.Parse("office").FindNamedIn(s_all, ImageKind.Image));
    }

    private static VersionEntry Find(string text) => ImageReference.Parse(text).FindIn(s_all, ImageKind.Image);

    private static VersionEntry Entry(string image, string version, bool isCurrent) => new(
        ImageKind.Image, ImageName.Parse(image), new VersionId(ChunkId.Parse(version.PadRight(64, '0'))), DateTimeOffset.UnixEpoch, isCurrent, IsSigned: false, DamagedChunks: 0);
}
