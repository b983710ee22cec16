using OsDeploy.Api.Accounts;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Cli;

/// <summary>Answers of an appliance in which every text that the appliance does not choose itself is the same.</summary>
internal sealed class Samples(string text)
{
    public static DateTimeOffset Day { get; } = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    public static VersionId Version { get; } = new(ChunkId.Parse(new string('a', 64)));

    public static MacAddress Mac { get; } = MacAddress.TryParse("52:54:00:12:34:56", out var mac) ? mac : default;

    public Inventory Inventory => new(text, text, "uefi", 8L << 30, [new HostDisk(text, text, text, text, text, 256L << 30, 512, false)], [new Device(text, text)]);

    public PartitionPlan Plan => new(1, 1, text, OperatingSystem.Win11, JoinMode.Domain, Secret.Mask, PartitionUse.Image, text, true);

    public HostView Host => new(
        new Host
        {
            Id = "h1",
            Name = ComputerName.Parse("r101-pc01"),
            Identity = new HardwareIdentity(text, text, text, [Mac]),
            Room = text,
            Configuration = text,
            Notes = text,
            Inventory = Inventory,
            Overrides = [new PartitionOverride(1, 1, Join: JoinMode.Workgroup)],
            Details = new HostDetails(text, text, text, text, text, text, text, text),
            Join = new JoinSettings(text, text, text),
            ChangedBy = text,
            ChangedAt = Day,
        },
        7, IsMaster: true, Day, text, text, [new EffectivePartition(Plan, ["join"])], new OfflineJoin(text, text, Day, text, Day), new JoinedAs(text, text, text, Day));

    public JoinAccount JoinAccount => new(text, text, text, text, Day);

    public PendingHost Pending => new("3f2a0000", new HardwareIdentity(text, text, text, [Mac]), Inventory, text, Day, Day, [text], IsLab: false);

    public RoomView Room => new(new Room("r1", text, text, text, text, text, Day), 4, 12);

    public ConfigurationView Configuration => new(
        new Configuration
        {
            Id = "c1",
            Name = text,
            Description = text,
            Image = ImageName.Parse("win11"),
            Partitions = [Plan],
            Store = new RemoteStore(text, text, Secret.Mask),
            Join = new JoinSettings(text, text, text),
            ChangedBy = text,
            ChangedAt = Day,
        },
        9, text, 30, 4);

    public DiskBinding Disk => new(1, text, text, text, 256L << 30);

    public JobFault Fault => new(text, text, text, text);

    public HostOutlook Able => new("h1", "r101-pc01", [Disk, Disk], null, text);

    public HostOutlook RuledOut => new("h2", "r101-pc02", [], Fault, null);

    public BatchView Batch => new(
        new Batch { Id = "0000012", Request = text, Kind = JobKind.Restore, Options = new JobOptions(), CreatedBy = text, CreatedAt = Day, Jobs = ["0000042"], EndedAt = Day },
        1, 1, 0, 0, 0, 200e6, [text]);

    public Operator Operator => new("anna", Role.RoomOperator, [text], IsDisabled: true, [text], Day);

    public AuditLine Audit => new(5, Day, text, text, text, text, new string('0', 64));

    public Alarm Alarm => new(text, Day, text, text, text, text, text);

    public ApplianceStatus Status => new(
        text, text, text, Day, Day, [text], 30, 28, 1, 2, 3, 4, 0, new StoreStatus(100L << 30, 2, 6, 1, Day), 1 << 20, IsOnReserve: false, [Alarm]);

    public VersionComparison Comparison => new(3L << 30, 1L << 30, 2L << 30, [text]);

    public CarouselView Carousel => new(
        text, text, ImageName.Parse("win11"), Version, CarouselState.Sending, text, text, 100e6, 1, 2, 3, 0.1, 0.2, 4, [new CarouselHost(text, text, CarouselStanding.Receiving, 1, 100e6, 0.1, text), new CarouselHost(text, text, CarouselStanding.Awaited, 1, 0, 0, text)]);

    /// <param name="outcome">Null: it runs.</param>
    public JobView Job(JobOutcome? outcome, string host = "r101-pc01", string id = "0000042", bool hasWarning = false) => new(
        new Job
        {
            Id = id,
            Batch = "0000012",
            Kind = JobKind.Restore,
            Host = "h1",
            HostName = host,
            Configuration = text,
            Image = ImageName.Parse("win11"),
            Version = Version,
            Store = new RemoteStoreReference(text, text),
            Options = new JobOptions([1, 3], ManualName: text, Version: text),
            Disks = [Disk],
            State = outcome is null ? JobState.Running : JobState.Ended,
            Outcome = outcome,
            Fault = outcome is JobOutcome.Failed or JobOutcome.Skipped ? Fault : null,
            Phase = text,
            Warnings = hasWarning ? [text] : [],
            Figures = outcome is null ? null : new JobFigures(1L << 30, 1L << 29, 1L << 28, 1L << 29, 1L << 26, 30),
            CreatedBy = text,
            CreatedAt = Day,
            StartedAt = Day,
        },
        outcome is null ? new JobProgressView(text, 1L << 30, 2L << 30, 100e6, text) : null,
        Day,
        outcome is null ? null : text);
}
