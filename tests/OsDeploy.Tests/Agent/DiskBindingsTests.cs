using OsDeploy.Agent;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using Xunit;

namespace OsDeploy.Tests.Agent;

public sealed class DiskBindingsTests
{
    private static readonly PresentDisk[] s_present =
    [
        Disk("sda", "S1", "w1", 1000),
        Disk("sdb", "S2", null, 2000),
        Disk("sdc", null, "w3", 3000),
        Disk("sdd", "SAME", "w4", 4000),
        Disk("sde", "SAME", "w5", 4000),
        Disk("sdf", null, null, 5000),
    ];

    [Theory]
    [InlineData("S1", "w1", 1000, "sda")]
    [InlineData("S1", null, 900, "sda")]
    [InlineData(null, "w1", 1000, "sda")]
    [InlineData("S2", null, 2000, "sdb")]
    [InlineData(null, "w3", 3000, "sdc")]
    [InlineData("SAME", "w5", 4000, "sde")]
    [InlineData("S9", null, 1000, null)]
    [InlineData("s1", null, 1000, null)]
    [InlineData("S1", "w2", 1000, null)]
    [InlineData("S2", "w2", 2000, null)]
    [InlineData("SAME", null, 4000, null)]
    [InlineData("S1", "w1", 1001, null)]
    [InlineData(null, null, 5000, null)]
    public void A_disk_is_found_by_all_that_was_known_of_it(string? serial, string? wwn, long size, string? name)
    {
        var binding = new DiskBinding(1, serial, wwn, "Model", size);
        if (name is not null)
        {
            Assert.Equal(name, Assert.Single(DiskBindings.Resolve([binding], s_present)).Disk.Name);
            return;
        }

        var refusal = Assert.Throws<UserErrorException>(() => DiskBindings.Resolve([binding], s_present));
        Assert.Equal("disk-changed", refusal.Code);
        Assert.Contains(serial ?? wwn ?? "without serial number", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disks_come_in_the_order_of_the_image()
    {
        var disks = DiskBindings.Resolve([new(2, "S1", null, null, 1), new(1, "S2", null, null, 1)], s_present);
        Assert.Equal(["sdb", "sda"], disks.Select(disk => disk.Disk.Name));
    }

    [Fact]
    public void One_disk_is_not_taken_for_two() => Assert.Equal(
        "disk-changed", Assert.Throws<UserErrorException>(() => DiskBindings.Resolve([new(1, "S1", null, null, 1), new(2, null, "w1", null, 1)], s_present)).Code);

    [Fact]
    public void The_refusal_names_both_the_disk_that_is_meant_and_those_there_are()
    {
        var refusal = Assert.Throws<UserErrorException>(() => DiskBindings.Resolve([new(1, "OLD\u001b", null, "Disk", 1)], [s_present[0]]));
        Assert.Contains("OLD?", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("S1", refusal.Message, StringComparison.Ordinal);
    }

    private static PresentDisk Disk(string name, string? serial, string? wwn, long size) =>
        new(new HostDisk(name, "Model", serial, wwn, "sata", size, 512, IsRemovable: false), "/dev/" + name);
}
