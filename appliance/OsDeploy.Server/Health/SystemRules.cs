using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Health;
using OsDeploy.Text;

namespace OsDeploy.Server.Health;

/// <summary>What the readings of the system mean.</summary>
internal static class SystemRules
{
    // Of a sensor that does not say where its own limit is.
    private const double UsualLimit = 95;
    private const double NearLimit = 10;

    private const double LittleMemory = 0.10;
    private const double NoMemory = 0.04;

    private const double LittleRoom = 0.10;
    private const long PlentyOfRoom = 100L << 30;

    private static readonly TimeSpan s_longUnset = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_wrong = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    /// <param name="sensors">All that could be read.</param>
    public static HealthItem Temperature(IReadOnlyList<SensorReading> sensors)
    {
        if (sensors.Count == 0)
        {
            return new HealthItem("temperature", HealthState.Unknown, "No sensor of the computer can be read, as in virtual machines.");
        }

        var worst = sensors.MaxBy(sensor => sensor.Celsius - LimitOf(sensor))!;
        var room = LimitOf(worst) - worst.Celsius;
        var state = room <= 0 ? HealthState.Bad : room <= NearLimit ? HealthState.Warning : HealthState.Ok;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Printable.Of(worst.Name, 40)} has {worst.Celsius:0} °C and may have {LimitOf(worst):0} °C; {sensors.Count} sensors.");
        return new HealthItem("temperature", state, text, state == HealthState.Ok ? "" : "Look at the fans and at what stands around the server.");
    }

    public static HealthItem Memory(MemoryReading? memory)
    {
        if (memory is not { Total: > 0 } read)
        {
            return new HealthItem("memory", HealthState.Unknown, "How much memory is free cannot be read.");
        }

        var share = (double)read.Available / read.Total;
        var state = share < NoMemory ? HealthState.Bad : share < LittleMemory ? HealthState.Warning : HealthState.Ok;
        return new HealthItem(
            "memory",
            state,
            $"{Sizes.Of(read.Available)} of {Sizes.Of(read.Total)} can still be used.",
            state == HealthState.Ok ? "" : "Restart the appliance when no host works; give it more memory if that comes again.");
    }

    /// <param name="tracking">Null: nothing answers.</param>
    /// <param name="unset">For how long nobody has been found who knows the time; null: somebody has.</param>
    public static HealthItem Clock(ChronyTracking? tracking, TimeSpan? unset) => tracking switch
    {
        null => new HealthItem("clock", HealthState.Unknown, "Nothing sets the clock of this system, or it does not say so (chronyd).", "`osdeploy appliance clock` sets it by hand."),
        { IsSet: false } when unset >= s_longUnset => new HealthItem(
            "clock", HealthState.Notice, "Nobody in the network has told the time for more than an hour: the clock goes by itself.",
            "Give the appliance a way to a time server, or look at its clock now and then: `osdeploy appliance clock` sets it."),
        { IsSet: false } => new HealthItem("clock", HealthState.Ok, "The clock goes by itself; a time server is being looked for."),
        { Offset: var offset } when offset.Duration() >= s_wrong => new HealthItem(
            "clock", HealthState.Notice, string.Create(CultureInfo.InvariantCulture, $"The clock is wrong by {offset.TotalSeconds:0.0} s and is being put right."), ""),
        { Source: var source, Stratum: var stratum } => new HealthItem("clock", HealthState.Ok, string.Create(CultureInfo.InvariantCulture, $"The clock follows {Printable.Of(source, 60)} (stratum {stratum}).")),
    };

    public static HealthItem Certificate(DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        var day = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return now < from || now >= until
            ? new HealthItem("certificate", HealthState.Bad, $"The appliance's certificate is not valid today; it is until {day}.", "Set the clock (`osdeploy appliance clock`), then restart the appliance: it makes a new one.")
            : until - now < s_soon
                ? new HealthItem("certificate", HealthState.Warning, $"The appliance's certificate is valid until {day} only.", "Restart the appliance: it makes a new one.")
                : new HealthItem("certificate", HealthState.Ok, $"The appliance's certificate is valid until {day}.");
    }

    /// <param name="isOnReserve">The documents live on their last room already.</param>
    public static HealthItem Room(RoomReading? room, bool isOnReserve)
    {
        if (room is not { Total: > 0 } read)
        {
            return new HealthItem("room", HealthState.Unknown, "How full the data volume is cannot be read.");
        }

        var state = isOnReserve || read.Free < StoreApi.Reserve ? HealthState.Bad
            : read.Free < read.Total * LittleRoom && read.Free < PlentyOfRoom ? HealthState.Warning
            : HealthState.Ok;
        return new HealthItem(
            "room",
            state,
            $"{Sizes.Of(read.Free)} of {Sizes.Of(read.Total)} on the data volume are free{(state == HealthState.Bad ? ": captures are refused" : "")}.",
            state == HealthState.Ok ? "" : "Delete versions and run `osdeploy image prune`, or make the disk larger and run `osdeploy appliance grow`.");
    }

    /// <param name="isReadOnly">Null: not known.</param>
    public static HealthItem FileSystem(bool? isReadOnly) => isReadOnly switch
    {
        null => new HealthItem("file-system", HealthState.Unknown, "How the data volume is mounted cannot be read."),
        true => new HealthItem(
            "file-system", HealthState.Bad, "The data volume is mounted read-only: nothing can be kept any more.",
            "The system does that after errors of the disk. Look at the disk's health and at `dmesg`, copy what can be read, and restart the appliance: the volume is checked at its start."),
        false => new HealthItem("file-system", HealthState.Ok, "The data volume can be written."),
    };

    private static double LimitOf(SensorReading sensor) => sensor.Limit ?? UsualLimit;
}
