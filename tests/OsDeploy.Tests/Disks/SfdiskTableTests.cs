using OsDeploy.Disks;
using Xunit;

namespace OsDeploy.Tests.Disks;

public sealed class SfdiskTableTests
{
    private const long Size = 2L << 30;

    private const string Good = """
        {
           "partitiontable": {
              "label": "dos", "id": "0x57e893e7", "device": "/dev/nvme0n1", "unit": "sectors", "sectorsize": 512,
              "partitions": [
                 { "node": "/dev/nvme0n1p1", "start": 2048, "size": 409600, "type": "7", "bootable": true },
                 { "node": "/dev/nvme0n1p2", "start": 411648, "size": 2097152, "type": "f" },
                 { "node": "/dev/nvme0n1p5", "start": 413696, "size": 204800, "type": "83", "name": "ü" }
              ]
           }
        }
        """;

    [Fact]
    public void Bytes_numbers_and_containers_are_read()
    {
        var table = SfdiskTable.Parse(Good, Size);
        Assert.Equal("dos", table.Label);
        Assert.Equal([1, 2, 5], table.Partitions.Select(partition => partition.Number));
        Assert.Equal([false, true, false], table.Partitions.Select(partition => partition.IsContainer));
        Assert.Equal((2048 * 512L, 409600 * 512L), (table.Partitions[0].Offset, table.Partitions[0].Length));
    }

    [Theory]
    [InlineData("disk.img", "disk.img7")]
    [InlineData("/dev/sda", "/dev/sda7")]
    [InlineData("/dev/loop0", "/dev/loop0p7")]
    [InlineData("/tmp/disk1", "/tmp/disk1p7")]
    [InlineData("/dev/disk/by-id/ata-X", "/dev/disk/by-id/ata-X-part7")]
    public void The_number_is_read_from_every_kind_of_node(string device, string node)
    {
        var json = $$"""
            {"partitiontable":{"label":"gpt","device":"{{device}}","sectorsize":512,"partitions":[{"node":"{{node}}","start":34,"size":8,"type":"X"} ] } }
            """;
        Assert.Equal(7, Assert.Single(SfdiskTable.Parse(json, Size).Partitions).Number);
    }

    [Theory]
    [InlineData("\"start\": 2048", "\"start\": 4194304")]
    [InlineData("\"start\": 2048", "\"start\": -1")]
    [InlineData("\"start\": 2048", "\"start\": 413000")]
    [InlineData("\"size\": 409600", "\"size\": 9223372036854775807")]
    [InlineData("\"size\": 409600", "\"size\": 0")]
    [InlineData("nvme0n1p5", "nvme0n1p1")]
    [InlineData("/dev/nvme0n1p5", "/dev/sda5")]
    [InlineData("\"sectorsize\": 512", "\"sectorsize\": 0")]
    [InlineData("\"label\": \"dos\"", "\"label\": \"sun\"")]
    [InlineData("\"type\": \"7\"", "\"type\": \"ee\"")]
    [InlineData("\"type\": \"7\"", "\"type\": null")]
    public void A_table_no_disk_can_have_is_refused(string good, string bad) =>
        Assert.Throws<FormatException>(() => SfdiskTable.Parse(Good.Replace(good, bad, StringComparison.Ordinal), Size));

    [Fact]
    public void Damage_is_refused_and_never_a_fault() => TextMutation.Fuzz(Good, text => SfdiskTable.Parse(text, Size));
}
