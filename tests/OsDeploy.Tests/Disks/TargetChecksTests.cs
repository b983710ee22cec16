using OsDeploy.Disks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Disks;

public sealed class TargetChecksTests
{
    private const long Gib = 1 << 30;

    private static readonly DiskIdentity s_good = new(
        "/dev/sda", "Model", "Serial", null, "sata", 100 * Gib, 512, IsBlockDevice: true, IsRemovable: false, IsReadOnly: false, InUse: []);

    private static readonly DiskRecord s_image = new()
    {
        Number = 1,
        Size = 50 * Gib,
        SectorSize = 512,
        Label = "gpt",
        Table = [],
        Partitions = [new() { Number = 1, Offset = 1 << 20, Length = 49 * Gib, Type = "x", Content = PartitionContent.Raw }],
    };

    [Fact]
    public void A_free_internal_disk_that_fits_is_accepted() => Assert.Empty(Codes(s_good));

    [Fact]
    public void Each_obstacle_has_its_own_code_and_a_hint()
    {
        Assert.Equal(["disk-in-use"], Codes(s_good with { InUse = ["/dev/sda1 is mounted at /"] }));
        Assert.Equal(["disk-read-only"], Codes(s_good with { IsReadOnly = true }));
        Assert.Equal(["disk-removable"], Codes(s_good with { IsRemovable = true }));
        Assert.Equal(["disk-too-small"], Codes(s_good with { Size = 40 * Gib }));
        Assert.Equal(["disk-sector-size"], Codes(s_good with { SectorSize = 4096 }));
        Assert.Equal(["firmware-mode"], Codes(s_good, imageFirmware: "uefi"));
    }

    [Fact]
    public void All_obstacles_are_named_at_once() => Assert.Equal(
        ["disk-in-use", "disk-read-only", "disk-removable", "firmware-mode", "disk-too-small"],
        Codes(s_good with { InUse = ["x"], IsReadOnly = true, IsRemovable = true, Size = Gib }, imageFirmware: "uefi"));

    [Fact]
    public void What_the_operator_allows_is_no_obstacle()
    {
        Assert.Empty(TargetChecks.Find(s_good with { IsRemovable = true }, s_image, "uefi", "bios", allowRemovable: true, allowOtherFirmware: true));
        Assert.Empty(Codes(s_good, imageFirmware: "any"));
        Assert.Empty(Codes(s_good with { IsBlockDevice = false }, imageFirmware: "uefi")); // an image file starts no computer
    }

    [Fact]
    public void A_foreign_model_name_cannot_reach_the_terminal()
    {
        var error = Assert.Single(TargetChecks.Find(s_good with { IsRemovable = true, Model = "\u001b[2Jevil" }, s_image, "any", "bios", false, false));
        Assert.DoesNotContain('\u001b', error.Message);
    }

    private static IEnumerable<string> Codes(DiskIdentity target, string imageFirmware = "bios")
    {
        var found = TargetChecks.Find(target, s_image, imageFirmware, "bios", allowRemovable: false, allowOtherFirmware: false);
        Assert.All(found, error => Assert.NotEmpty(error.Hint));
        return found.Select(error => error.Code);
    }
}
