using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Jobs;
using Xunit;

namespace OsDeploy.Tests.Jobs;

public sealed class DiskBinderTests
{
    [Fact]
    public void One_large_enough_internal_disk_binds_by_itself()
    {
        var (disks, fault) = Restore(SampleJobs.Inventory(SampleJobs.Disk("A", 256), SampleJobs.Disk("small", 16), SampleJobs.Disk("stick", 512, isRemovable: true)), (256, 100, "master"));
        Assert.Null(fault);
        Assert.Equal(["A"], disks.Select(disk => disk.Serial));
    }

    [Fact]
    public void A_smaller_disk_binds_if_every_partition_fits()
    {
        var (disks, _) = Restore(SampleJobs.Inventory(SampleJobs.Disk("A", 128)), (256, 100, "master"));
        Assert.Equal("A", Assert.Single(disks).Serial);
    }

    [Fact]
    public void Two_that_fit_wait_for_a_person()
    {
        var (disks, fault) = Restore(SampleJobs.Inventory(SampleJobs.Disk("A"), SampleJobs.Disk("B")), (256, 100, "master"));
        Assert.Null(fault);
        Assert.Empty(disks);
    }

    [Fact]
    public void The_master_meets_its_own_disk_again()
    {
        var (disks, _) = Restore(SampleJobs.Inventory(SampleJobs.Disk("A"), SampleJobs.Disk("B")), (256, 100, "B"));
        Assert.Equal("B", Assert.Single(disks).Serial);
    }

    [Fact]
    public void An_image_of_two_disks_takes_those_of_the_same_sizes()
    {
        var (disks, _) = Restore(SampleJobs.Inventory(SampleJobs.Disk("data", 1000), SampleJobs.Disk("system", 256)), (256, 100, "x"), (1000, 900, "y"));
        Assert.Equal(["system", "data"], disks.Select(disk => disk.Serial));
    }

    [Fact]
    public void One_disk_is_never_two_disks_of_an_image()
    {
        var (disks, fault) = Restore(SampleJobs.Inventory(SampleJobs.Disk("A", 2000)), (256, 100, "x"), (1000, 900, "y"));
        Assert.Null(fault);
        Assert.Empty(disks);
    }

    [Theory]
    [InlineData(64, 512, false, "disk-too-small")]
    [InlineData(256, 4096, false, "sector-size")]
    [InlineData(256, 512, true, "no-disk")]
    public void A_host_whose_disks_cannot_take_the_image_is_ruled_out(long gib, int sector, bool isRemovable, string code)
    {
        var (disks, fault) = Restore(SampleJobs.Inventory(SampleJobs.Disk("A", gib, sector, isRemovable)), (256, 100, "master"));
        Assert.Empty(disks);
        Assert.Equal(code, fault?.Code);
    }

    [Fact]
    public void A_disk_without_serial_and_wwn_cannot_be_told_from_another_and_is_never_bound()
    {
        var (_, fault) = Restore(SampleJobs.Inventory(SampleJobs.Disk(serial: null)), (256, 100, "master"));
        Assert.Equal("no-disk", fault?.Code);
    }

    [Fact]
    public void A_removable_disk_is_meant_only_if_somebody_said_so()
    {
        var inventory = SampleJobs.Inventory(SampleJobs.Disk("stick", isRemovable: true));
        var (disks, _) = DiskBinder.Bind(JobKind.Restore, new JobOptions(AllowRemovable: true), inventory, SampleJobs.Manifest((256, 100, "m")));
        Assert.Equal("stick", Assert.Single(disks).Serial);
    }

    [Fact]
    public void Erasing_means_every_internal_disk()
    {
        var inventory = SampleJobs.Inventory(SampleJobs.Disk("A"), SampleJobs.Disk("B"), SampleJobs.Disk("stick", isRemovable: true));
        var (disks, _) = DiskBinder.Bind(JobKind.Erase, new JobOptions(), inventory, manifest: null);
        Assert.Equal([(1, "A"), (2, "B")], disks.Select(disk => (disk.Disk, disk.Serial!)));
    }

    [Fact]
    public void A_capture_of_two_disks_asks_which()
    {
        var (disks, fault) = DiskBinder.Bind(JobKind.Capture, new JobOptions(), SampleJobs.Inventory(SampleJobs.Disk("A"), SampleJobs.Disk("B")), manifest: null);
        Assert.Empty(disks);
        Assert.Null(fault);
    }

    [Theory]
    [InlineData(256, 512, false, null)]
    [InlineData(99, 512, false, "disk-too-small")]
    [InlineData(256, 4096, false, "sector-size")]
    [InlineData(256, 512, true, "disk-removable")]
    public void A_disk_that_a_person_names_must_fit_as_well(long gib, int sector, bool isRemovable, string? code) => Assert.Equal(
        code, DiskBinder.FaultOf([SampleJobs.Disk("A", gib, sector, isRemovable)], new JobOptions(), SampleJobs.Manifest((256, 100, "m")))?.Code);

    [Fact]
    public void As_many_disks_are_named_as_the_image_has()
    {
        var named = new[] { SampleJobs.Disk("A"), SampleJobs.Disk("B") };

        Assert.Equal("disk-count", DiskBinder.FaultOf(named, new JobOptions(), SampleJobs.Manifest((256, 100, "m")))?.Code);
        Assert.Null(DiskBinder.FaultOf(named, new JobOptions(), SampleJobs.Manifest((256, 100, "m"), (256, 100, "n"))));
        Assert.Null(DiskBinder.FaultOf(named, new JobOptions(), manifest: null));
    }

    [Fact]
    public void Partitions_alone_may_go_onto_one_disk_of_any_size() => Assert.Null(
        DiskBinder.FaultOf([SampleJobs.Disk("A", gib: 10)], new JobOptions(Partitions: [1]), SampleJobs.Manifest((256, 100, "m"), (256, 100, "n"))));

    private static (IReadOnlyList<DiskBinding> Disks, JobFault? Fault) Restore(Inventory inventory, params (long, long, string?)[] image) =>
        DiskBinder.Bind(JobKind.Restore, new JobOptions(), inventory, SampleJobs.Manifest(image));
}
