using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;

namespace OsDeploy.Tests.Jobs;

/// <summary>Jobs and disks as tests need them.</summary>
internal static class SampleJobs
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 21, 7, 40, 0, TimeSpan.Zero);

    public static Job Of(JobState state = JobState.Waiting, JobKind kind = JobKind.Restore, string id = "0000001", string host = "h1", string batch = "0000001") => new()
    {
        Id = id,
        Batch = batch,
        Kind = kind,
        Host = host,
        HostName = "r101-pc01",
        Options = new JobOptions(),
        Disks = [new DiskBinding(1, "S1", null, "Disk", 256L << 30)],
        State = state,
        CreatedBy = "anna",
        CreatedAt = Now,
        WindowLeft = 3600,
    };

    public static Batch Batch(string request = "0123456789abcdef0123456789abcdef") =>
        new() { Id = "", Request = request, Kind = JobKind.Restore, Options = new JobOptions(), CreatedBy = "anna", CreatedAt = Now, Jobs = [] };

    public static HostDisk Disk(string? serial, long gib = 256, int sector = 512, bool isRemovable = false, string? wwn = null) =>
        new("sda", "Disk", serial, wwn, "sata", gib << 30, sector, isRemovable);

    public static Inventory Inventory(params HostDisk[] disks) => new("Vendor", "Model", "uefi", 8L << 30, disks, []);

    /// <param name="disks">Size in GiB, end of the last partition in GiB, serial.</param>
    public static Manifest Manifest(params (long Size, long End, string? Serial)[] disks) => new()
    {
        Format = OsDeploy.Images.Manifest.CurrentFormat,
        Kind = ImageKind.Image,
        Image = "win11",
        CapturedAt = Now,
        CapturedBy = "r101-pc01",
        Program = "test",
        Firmware = "uefi",
        ChunkSize = 256 << 10,
        Disks =
        [
            .. disks.Select((disk, i) => new DiskRecord
            {
                Number = i + 1,
                Serial = disk.Serial,
                Size = disk.Size << 30,
                SectorSize = 512,
                Label = "gpt",
                Table = [],
                Partitions =
                [
                    new PartitionRecord { Number = 1, Offset = 1 << 20, Length = (disk.End << 30) - (1 << 20), Type = "", Content = PartitionContent.Leave },
                ],
            }),
        ],
    };
}
