using OsDeploy.Benchmarks.Measuring;
using OsDeploy.Benchmarks.Streams;

namespace OsDeploy.Benchmarks.Lines;

/// <summary>What a line reads off a run.</summary>
/// <param name="Of">From the readings and the used bytes of the volume. MB and GB are powers of ten, MiB and GiB of two.</param>
internal sealed record Quantity(string Name, string Unit, Func<Measured, long, double> Of)
{
    private const double MB = 1e6;
    private const double GB = 1e9;
    private const double GiB = 1 << 30;

    public static readonly Quantity Speed = new("speed", "MB/s", (run, used) => used / run.Seconds / MB);
    public static readonly Quantity Throughput = new("throughput", "GiB/min", (run, used) => used / GiB / run.Seconds * 60);
    public static readonly Quantity Cpu = new("cpu", "s/GB", (run, used) => run.CpuSeconds / (used / GB));
    public static readonly Quantity Memory = new("memory", "MB", (run, _) => run.PeakBytes / MB);
    public static readonly Quantity Stored = new("stored", "MB", (run, _) => run.StoredBytes / MB);
    public static readonly Quantity Fetched = new("fetched", "MB", (run, _) => run.FetchedBytes / MB);
    public static readonly Quantity Written = new("written", "MB", (run, _) => run.WrittenBytes / MB);

    /// <summary>What came over the wire, by the whole time of the run.</summary>
    public static readonly Quantity Served = new("served", "MB/s", (run, _) => run.FetchedBytes / run.Seconds / MB);

    public static readonly Quantity ServerCpu = new("server-cpu", "s", (run, _) => run.ServerSeconds);
    public static readonly Quantity Elapsed = new("time", "s", (run, _) => run.Seconds);
    public static readonly Quantity PollP50 = new("poll-p50", "ms", (run, _) => RoomOf(run).PollP50Milliseconds);
    public static readonly Quantity PollP99 = new("poll-p99", "ms", (run, _) => RoomOf(run).PollP99Milliseconds);
    public static readonly Quantity DaemonMemory = new("daemon-memory", "MB", (run, _) => RoomOf(run).DaemonPeakBytes / MB);
    public static readonly Quantity Verified = new("verified", "hosts", (run, _) => RoomOf(run).Verified);
    public static readonly Quantity LostCalls = new("lost-calls", "calls", (run, _) => RoomOf(run).LostCalls);
    public static readonly Quantity RestoreTime = new("restore-time", "s", (run, _) => RoomOf(run).RestoreSeconds);

    /// <summary>Content that all restoring hosts proved, by the time from the start of the batch to the end of the last.</summary>
    public static readonly Quantity Together = new("together", "MB/s", (run, _) => RoomOf(run).ContentBytes / RoomOf(run).RestoreSeconds / MB);

    public static readonly Quantity LiveTable = new("live-table", "B/s", (run, _) => ScreensOf(run).LiveBytesPerSecond);
    public static readonly Quantity KeyTime = new("key", "ms", (run, _) => ScreensOf(run).KeyMilliseconds);
    public static readonly Quantity KeyBytes = new("key-bytes", "B", (run, _) => ScreensOf(run).KeyBytes);
    public static readonly Quantity FirstScreen = new("first-screen", "ms", (run, _) => ScreensOf(run).FirstScreenMilliseconds);
    public static readonly Quantity ColdScreen = new("first-screen-cold", "ms", (run, _) => ScreensOf(run).ColdScreenMilliseconds);
    public static readonly Quantity Login = new("login", "ms", (run, _) => ScreensOf(run).LoginMilliseconds);
    public static readonly Quantity Resident = new("resident", "MB", (run, _) => ScreensOf(run).ResidentBytes / MB);
    public static readonly Quantity ManyPage = new("many-hosts-page", "ms", (run, _) => ScreensOf(run).ManyPageMilliseconds);
    public static readonly Quantity ManyFilter = new("many-hosts-filter", "ms", (run, _) => ScreensOf(run).ManyFilterMilliseconds);
    public static readonly Quantity ManyResident = new("many-hosts-resident", "MB", (run, _) => ScreensOf(run).ManyResidentBytes / MB);
    public static readonly Quantity Frame = new("frame", "ms", (run, _) => ScreensOf(run).FrameMilliseconds);

    /// <summary>Frames that each receiver got.</summary>
    public static readonly Quantity ToEach = new("to-each", "MB/s", (run, _) => StreamOf(run).Bytes / StreamOf(run).Seconds / MB);

    /// <summary>The same by what a link carries, headers included.</summary>
    public static readonly Quantity ShareOfLink = new("of-link", "", (run, _) => StreamOf(run).Bytes / StreamOf(run).Seconds / StreamOf(run).LinkBytesPerSecond);

    /// <summary>Until all that could had everything.</summary>
    public static readonly Quantity ToAll = new("to-all", "s", (run, _) => StreamOf(run).Seconds);

    /// <summary>Of sender and receivers together, by what one receiver got.</summary>
    public static readonly Quantity StreamCpu = new("stream-cpu", "s/GB", (run, _) => StreamOf(run).CpuSeconds / (StreamOf(run).Bytes / GB));

    /// <summary>Compressed bytes that each healthy host took, by the time until all of them were verified.</summary>
    public static readonly Quantity ToDisk = new("to-disk", "MB/s", (run, _) => StreamedOf(run).FetchedBytes / StreamedOf(run).Seconds / MB);

    /// <summary>The same by what a link carries, headers included.</summary>
    public static readonly Quantity DiskShareOfLink = new("to-disk-of-link", "", (run, _) => StreamedOf(run).FetchedBytes / StreamedOf(run).Seconds / StreamedOf(run).LinkBytesPerSecond);

    /// <summary>Until the last healthy host had written everything, by what a link carries.</summary>
    public static readonly Quantity WriteShareOfLink = new("write-of-link", "", (run, _) => StreamedOf(run).FetchedBytes / StreamedOf(run).WriteSeconds / StreamedOf(run).LinkBytesPerSecond);

    /// <summary>Until all healthy hosts were verified.</summary>
    public static readonly Quantity HealthyTime = new("healthy-time", "s", (run, _) => StreamedOf(run).Seconds);

    /// <summary>Until the one that was late was verified too.</summary>
    public static readonly Quantity LastTime = new("last-time", "s", (run, _) => StreamedOf(run).LastSeconds);

    public static readonly Quantity HostsVerified = new("hosts-verified", "hosts", (run, _) => StreamedOf(run).Verified);
    public static readonly Quantity SenderCpu = new("sender-cpu", "s/GB", (run, _) => StreamedOf(run).SenderCpuSeconds / (StreamedOf(run).FetchedBytes / GB));

    /// <summary>Of one host, by what it took.</summary>
    public static readonly Quantity HostCpu = new("host-cpu", "s/GB", (run, _) => StreamedOf(run).HostCpuSeconds / StreamedOf(run).Hosts / (StreamedOf(run).FetchedBytes / GB));

    /// <summary>Used data of one host.</summary>
    public static readonly Quantity EachHost = new("each-host", "GiB/min", (run, _) => StreamedOf(run).UsedBytes / GiB / StreamedOf(run).Seconds * 60);

    private static StreamedRoomFigures StreamedOf(Measured run) => run.Streamed ?? throw new InvalidOperationException("A line about a room of real programs reads a contender that has none.");

    private static StreamFigures StreamOf(Measured run) => run.Stream ?? throw new InvalidOperationException("A line about streams reads a contender that sends none.");

    private static ScreenFigures ScreensOf(Measured run) => run.Screens ?? throw new InvalidOperationException("A line about screens reads a contender that has no terminal.");

    private static RoomFigures RoomOf(Measured run) => run.Room ?? throw new InvalidOperationException("A line about a room reads a contender that simulates none.");
}
