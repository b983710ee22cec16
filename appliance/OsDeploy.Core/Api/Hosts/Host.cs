using OsDeploy.Api.Boot;
using OsDeploy.Api.Configurations;
using OsDeploy.Text;

namespace OsDeploy.Api.Hosts;

/// <summary>A registered computer.</summary>
public sealed record Host
{
    /// <summary>Drawn at registration, never changes.</summary>
    public required string Id { get; init; }

    public required ComputerName Name { get; init; }

    public required HardwareIdentity Identity { get; init; }

    /// <summary>Name of a room; null: none.</summary>
    public string? Room { get; init; }

    /// <summary>Name of a configuration; null: none.</summary>
    public string? Configuration { get; init; }

    public string Notes { get; init; } = "";

    /// <summary>From the last hello; null: never met.</summary>
    public Inventory? Inventory { get; init; }

    /// <summary>What differs from the configuration: the host's value wins.</summary>
    public IReadOnlyList<PartitionOverride> Overrides { get; init; } = [];

    /// <summary>Columns of a CRANIX list that osdeploy keeps for their owner.</summary>
    public HostDetails Details { get; init; } = new();

    /// <summary>How it starts over the network, over what its configuration says; null: nothing of its own.</summary>
    public BootOptions? Boot { get; init; }

    /// <summary>Where it belongs, over what its configuration says; null: nothing of its own.</summary>
    public JoinSettings? Join { get; init; }

    /// <summary>An agent that says it is this host gets nothing, not even a job in its window.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>A computer of a test, made of files.</summary>
    public bool IsLab { get; init; }

    public required string ChangedBy { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }
}

public sealed record HostDetails(
    string? Ip = null, string? Row = null, string? Place = null, string? WlanMac = null, string? WlanIp = null, string? Serial = null, string? InventoryNumber = null, string? Owner = null);

/// <summary>A host with what is known of it now.</summary>
/// <param name="LastSeen">Null: not since the appliance was started, and never before.</param>
/// <param name="Job">Id of the job it has; null: none.</param>
/// <param name="Joined">How it came into its domain; null: nobody knows.</param>
public sealed record HostView(
    Host Host,
    long Rev,
    bool IsMaster,
    DateTimeOffset? LastSeen,
    string? Address,
    string? Job,
    IReadOnlyList<EffectivePartition> Partitions,
    OfflineJoin? OfflineJoin = null,
    JoinedAs? Joined = null);

/// <param name="Id">Of the host, or of the pending computer.</param>
public sealed record HeardComputer(string Id, DateTimeOffset At, string Address);

/// <summary>Hosts to register. All or none.</summary>
public sealed record NewHosts(IReadOnlyList<NewHost> Hosts);

/// <param name="Name">Null: the next free one of the room.</param>
/// <param name="Configuration">Null: the room's.</param>
public sealed record NewHost(MacAddress Mac, string? Name = null, string? Room = null, string? Configuration = null, string? Notes = null, HostDetails? Details = null);

/// <summary>Null leaves a value as it is; an empty text takes it away.</summary>
/// <param name="Boot">All of its own options: they replace those it had.</param>
public sealed record HostChange(
    string? Name = null,
    string? Room = null,
    string? Configuration = null,
    string? Notes = null,
    bool? IsBlocked = null,
    IReadOnlyList<MacAddress>? Macs = null,
    HostDetails? Details = null,
    IReadOnlyList<PartitionOverride>? Overrides = null,
    long? Rev = null,
    BootOptions? Boot = null,
    JoinSettings? Join = null);

/// <summary>A computer that was seen on the network and is nobody yet, or not surely somebody.</summary>
/// <param name="Candidates">Names of the hosts it may be: several that fit alike, or the one whose hardware has changed.</param>
/// <param name="Words">Four, that stand on its screen too (<see cref="Agents.PairingWords"/>); null: it has not said hello lately.</param>
public sealed record PendingHost(
    string Id, HardwareIdentity Identity, Inventory Inventory, string Address, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, IReadOnlyList<string> Candidates, bool IsLab, string? Words = null);

/// <param name="Host">The computer is this host from now on, with new hardware; null: it becomes a new host.</param>
/// <param name="Name">Of a new host; null: the next free one of the room.</param>
public sealed record Approval(string? Host = null, string? Name = null, string? Room = null, string? Configuration = null);

/// <param name="Csv">The file, UTF-8 or Windows-1252.</param>
/// <param name="Apply">False: only say what would happen.</param>
public sealed record HostImport(byte[] Csv, bool Apply);

/// <param name="Line">1 is the first line of the file.</param>
/// <param name="Action"><c>add</c>, <c>change</c>, <c>same</c> or <c>error</c>.</param>
/// <param name="Detail">What changes, or what is wrong.</param>
public sealed record ImportLine(int Line, string Action, string Name, string Detail);

/// <param name="IsApplied">False for a preview, and if any line is wrong: then nothing was changed.</param>
public sealed record ImportReport(IReadOnlyList<ImportLine> Lines, bool IsApplied)
{
    public int Errors => Lines.Count(line => line.Action == "error");
}

/// <summary>A room.</summary>
/// <param name="Name">1 to 32 characters, no control characters.</param>
/// <param name="Configuration">What a host registered here gets.</param>
/// <param name="NamePattern">How hosts are named: text with one run of <c>#</c> for the number (<c>r101-pc##</c>), or with the numbers there are (<c>r101-pc{01..30}</c>); null: room, dash, two digits.</param>
public sealed record Room(string Id, string Name, string? Configuration, string? NamePattern, string Notes, string ChangedBy, DateTimeOffset ChangedAt);

public sealed record RoomView(Room Room, long Rev, int Hosts);

public sealed record NewRoom(string Name, string? Configuration = null, string? NamePattern = null, string? Notes = null);

/// <summary>Null leaves a value as it is; an empty text takes it away.</summary>
public sealed record RoomChange(string? Name = null, string? Configuration = null, string? NamePattern = null, string? Notes = null, long? Rev = null);

/// <summary>Names for all hosts of a room, in the order in which they stand there: by row, place, present name and MAC address.</summary>
/// <param name="Scheme">As <see cref="Room.NamePattern"/>; null: the room's.</param>
/// <param name="Apply">False: only say what would happen.</param>
/// <param name="Seen">What a preview answered: nothing is renamed if it would be anything else by now. Null: nobody has looked.</param>
public sealed record RoomRename(string? Scheme = null, bool Apply = false, string? Seen = null);

/// <param name="Fault">Why it cannot be called that; null: it can.</param>
public sealed record Renaming(string Host, ComputerName From, ComputerName? To, string? Fault);

/// <param name="IsApplied">False for a preview, and if any name cannot be: then nothing was changed.</param>
/// <param name="Seen">Stands for these names.</param>
public sealed record RenameReport(IReadOnlyList<Renaming> Hosts, bool IsApplied, string Seen)
{
    public int Errors => Hosts.Count(host => host.Fault is not null);
}
