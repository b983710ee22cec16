using OsDeploy.Cli.Output;
using OsDeploy.Disks;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class OsGuessTests
{
    private const string BasicData = "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7";
    private const string MicrosoftReserved = "E3C9E316-0B5C-4DB8-817D-F92DF00215AE";
    private const string LinuxData = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";

    [Fact]
    public void Ntfs_beside_a_Microsoft_partition_is_Windows() =>
        Assert.Equal("Windows", Guess((MicrosoftReserved, null), (BasicData, "ntfs")));

    [Fact]
    public void Ntfs_alone_may_be_data() => Assert.Equal("Windows or its data", Guess((BasicData, "ntfs")));

    [Fact]
    public void Two_systems_are_both_named() =>
        Assert.Equal("Windows and Linux", Guess((MicrosoftReserved, null), (BasicData, "ntfs"), (LinuxData, "ext4")));

    [Fact]
    public void A_locked_disk_is_not_called_empty() => Assert.Equal("an encrypted system", Guess((LinuxData, "crypto_LUKS")));

    [Fact]
    public void Other_partitions_are_data() => Assert.Equal("data", Guess((BasicData, "exfat")));

    [Fact]
    public void An_empty_table_and_no_table_are_told_apart()
    {
        Assert.Equal("an empty partition table", Guess());
        Assert.Equal("nothing that osdeploy knows", OsGuess.Of(Layout("none")));
    }

    private static string Guess(params (string Type, string? FileSystem)[] partitions) => OsGuess.Of(Layout("gpt", partitions));

    private static DiskLayout Layout(string label, params (string Type, string? FileSystem)[] partitions) => new(
        new DiskIdentity("disk.img", null, null, null, null, 1 << 30, 512, false, false, false, []),
        label, null, [], 0, "uefi",
        [.. partitions.Select((partition, i) => new PartitionLayout(
            i + 1, (i + 1) << 20, 1 << 20, partition.Type, null, null, false, partition.FileSystem, null, null, null))]);
}
