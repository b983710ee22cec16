using OsDeploy.Api.Appliance;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Screens.Console;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Session;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Jobs;
using OsDeploy.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>A school as its console sees it, without any appliance.</summary>
internal static class SampleSchool
{
    public static DateTimeOffset Now { get; } = SampleJobs.Now;

    /// <summary>Nobody is logged in, and nobody answers.</summary>
    public static ConsoleContext ContextOf(Snapshot now) => new(new ApplianceSession("unix:/nowhere.sock", null, TimeProvider.System), () => now);

    public static HostView Host(int number, string name, string? room = null, string? configuration = null, bool isBlocked = false, string notes = "") => new(
        new Host
        {
            Id = $"h{number}",
            Name = ComputerName.Parse(name),
            Identity = HardwareIdentity.OfMac(TestRegistry.Mac(number)),
            Room = room,
            Configuration = configuration,
            IsBlocked = isBlocked,
            Notes = notes,
            ChangedBy = "anna",
            ChangedAt = Now,
        },
        Rev: 1, IsMaster: false, null, null, null, []);

    public static ConfigurationView Configuration(string name, string? master = null, params IReadOnlyList<PartitionPlan> partitions) => new(
        new Configuration { Id = "c-" + name, Name = name, Image = ImageName.Parse(name), Master = master, Partitions = partitions, ChangedBy = "anna", ChangedAt = Now }, 1, null, 0, 0);

    /// <summary>With options of its own about starting.</summary>
    public static HostView Starting(HostView view) => view with { Host = view.Host with { Boot = new BootOptions(Loader: UefiLoader.Ipxe, Language: "de") } };

    public static ConfigurationView Starting(ConfigurationView view) => view with { Configuration = view.Configuration with { Boot = new BootOptions(Loader: UefiLoader.Ipxe, Language: "de", Kernel: "nomodeset") } };

    public static BootState Boot { get; } = new(
        ["http://10.0.0.2"], BootMode.Proxy, "up", null, "0123456789abcdef", [new BootNeighbour("10.0.0.9", "dhcp", Now)], [new BootCard("eth0", "10.0.0.2/24"), new BootCard("eth1", "10.1.0.2/16")], []);

    public static RoomView Room(string name, string? configuration = null) => new(new Room("r-" + name, name, configuration, null, "", "anna", Now), 1, 0);

    public static PendingHost Pending(int number, params IReadOnlyList<string> candidates) => new(
        $"p{number}", TestRegistry.Laptop(number, number), SampleJobs.Inventory(SampleJobs.Disk($"DISK{number}")), "10.0.0.9", Now.AddMinutes(number), Now, candidates, IsLab: false);

    public static JobView Job(int number, string host, JobState state, JobOutcome? outcome = null, JobProgressView? progress = null, string? hostName = null) => new(
        SampleJobs.Of(state, id: $"{number:d7}", host: host) with
        {
            HostName = hostName ?? host,
            Outcome = outcome,
            Fault = outcome == JobOutcome.Failed ? new JobFault("write", "disk-gone", "The disk does not answer.", "Look at its cable.") : null,
        },
        progress, Now, null);

    /// <summary>The same job, for which two computers say they are its host.</summary>
    public static JobView Unpaired(JobView view) => view with
    {
        Job = view.Job with { State = JobState.Waiting, Outcome = null, Fault = null },
        Unpaired = [new UnpairedStart("lusab babad gutih tugad", "10.0.0.5", Now), new UnpairedStart("babad lusab tugad gutih", "10.0.0.66", Now)],
    };

    /// <summary>A stream to five hosts, two of which are not there while it gathers.</summary>
    public static CarouselView Stream(string batch, CarouselState state) => new(
        "3f2a9c41",
        batch,
        ImageName.Parse("win11"),
        Version('b').Version,
        state,
        "5 hosts restore the same version",
        "239.255.77.16:9077",
        state == CarouselState.Sending ? 98_000_000 : 0,
        state == CarouselState.Gathering ? 0 : 2,
        1203,
        4502,
        state == CarouselState.Sending ? 0.004 : 0,
        0.02,
        state == CarouselState.Gathering ? 11.2 : null,
        [
            new CarouselHost("0000001", "pc01", state == CarouselState.Gathering ? CarouselStanding.Ready : CarouselStanding.Receiving, 3299, 97_500_000, 0.004, null),
            new CarouselHost("0000002", "pc02", state == CarouselState.Gathering ? CarouselStanding.Awaited : CarouselStanding.Unicast, 812, 9_000_000, 0.3, "too slow"),
            new CarouselHost("0000003", "pc03", state == CarouselState.Gathering ? CarouselStanding.Awaited : CarouselStanding.Unicast, 100, 0, 0, "too slow"),
            new CarouselHost("0000004", "pc04", CarouselStanding.Complete, 0, 0, 0, null),
            new CarouselHost("0000005", "pc05", CarouselStanding.Gone, 5, 0, 0, null),
        ]);

    public static VersionEntry Version(char digit, string image = "win11", bool isCurrent = false, int damaged = 0, ImageKind kind = ImageKind.Image) =>
        new(kind, ImageName.Parse(image), new VersionId(ChunkId.Parse(new string(digit, 64))), Now.AddDays(digit - 'z'), isCurrent, IsSigned: true, damaged);

    /// <summary>Two rooms, a configuration with a master, one host of each kind.</summary>
    public static Snapshot Small { get; } = Of(
        [
            Host(1, "r101-pc01", "r101", "win11"), Host(2, "r101-pc02", "r101", "win11"), Host(3, "r101-pc03", "r101", "win11"),
            Host(4, "r102-pc01", "r102", "win11", isBlocked: true), Host(5, "r102-pc02", "r102", notes: "by the window"), Host(6, "office", null, "linux"),
        ],
        [
            Job(1, "h2", JobState.Ended, JobOutcome.Failed), Job(2, "h3", JobState.Running, progress: new JobProgressView("write", 25, 100, 5, "disk")),
            Job(3, "h6", JobState.NeedsDisk),
        ]) with
    {
        Rooms = [Room("r101", "win11"), Room("r102")],
        Configurations = [Configuration("win11", "h1", new PartitionPlan(1, 3, "System", OperatingSystem.Win11, JoinMode.Domain, Secret.Mask, Grow: true)), Configuration("linux")],
        Pending = [Pending(8), Pending(7, "r101-pc01")],
        IsComplete = true,
        Versions = [Version('a'), Version('b', isCurrent: true), Version('c', "office-c", kind: ImageKind.Manual)],
        Batches = [new BatchView(SampleJobs.Batch() with { Id = "0000001" }, 0, 1, 0, 1, 1, 5, [])],
        Heard = new Dictionary<string, HeardComputer> { ["h1"] = new("h1", Now.AddSeconds(-30), "10.0.0.1"), ["h5"] = new("h5", Now.AddHours(-3), "10.0.0.5") },
        Status = new ApplianceStatus(
            "school", "osdeploy 0.1", "lusab babad gutih tugad", Now, Now.AddDays(-1), ["https://10.0.0.2:7443"], 6, 2, 1, 2, 1, 1, 0, new StoreStatus(300L << 30, 1, 3, 0, null), 1 << 20, false,
            [new Alarm("two", Now, "second-claimant", "A second computer claims r101-pc02.", "Look at it.", "h2", "0000001")]),
    };

    public static Snapshot Of(IEnumerable<HostView> hosts, IEnumerable<JobView> jobs) => Snapshot.Empty with
    {
        Hosts = hosts.ToDictionary(view => view.Host.Id),
        Jobs = jobs.ToDictionary(view => view.Job.Id),
    };

    public static HostList ListOf(Snapshot now)
    {
        var list = new HostList();
        list.Update(now, Now);
        return list;
    }
}
