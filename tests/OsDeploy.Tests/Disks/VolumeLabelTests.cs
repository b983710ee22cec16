using OsDeploy.Disks;
using Xunit;

namespace OsDeploy.Tests.Disks;

public sealed class VolumeLabelTests
{
    [Theory]
    [InlineData("fat16", "Windows 11 Daten", "Windows 11 ")]
    [InlineData("fat32", " Büro: \"A/B\"", "B_ro_ _A_B_")]
    [InlineData("fat32", "boot", "boot")]
    [InlineData("xfs", "123456789012345", "123456789012")]
    [InlineData("xfs", "üüüüüüü", "üüüüüü")] // two bytes each
    [InlineData("swap", "üüüüüüüü", "üüüüüüü")] // no half letter in the last byte
    [InlineData("ext4", "12345678901234567", "1234567890123456")]
    [InlineData("ext2", "a: *?/b", "a: *?/b")]
    [InlineData("ntfs", "öööööööööö öööööööööö öööööööööö ö", "öööööööööö öööööööööö öööööööööö")]
    [InlineData("ntfs", "1234567890123456789012345678901😀", "1234567890123456789012345678901")]
    [InlineData("btrfs", "two\nlines", "two_lines")]
    public void A_label_is_cut_to_what_its_file_system_takes(string fs, string label, string expected) =>
        Assert.Equal(expected, FileSystems.FitLabel(fs, label));

    [Theory]
    [InlineData("ext4", null)]
    [InlineData("swap", "")]
    [InlineData("fat32", "   ")]
    public void Nothing_is_no_label(string fs, string? label) => Assert.Null(FileSystems.FitLabel(fs, label));
}
