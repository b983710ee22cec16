using System.Text.Json.Serialization;
using OsDeploy.Api.Appliance;
using OsDeploy.SetUp;

namespace OsDeploy.Api.Helper;

/// <summary>
/// One of the few things that need root. The list is closed: what is not a <see cref="JsonDerivedTypeAttribute"/> here, the
/// helper refuses.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "verb")]
[JsonDerivedType(typeof(PowerRequest), "power")]
[JsonDerivedType(typeof(ClockRequest), "clock")]
[JsonDerivedType(typeof(DnsmasqApplyRequest), "dnsmasq-apply")]
[JsonDerivedType(typeof(DnsmasqReloadRequest), "dnsmasq-reload")]
[JsonDerivedType(typeof(DnsmasqStopRequest), "dnsmasq-stop")]
[JsonDerivedType(typeof(DnsmasqStateRequest), "dnsmasq-state")]
[JsonDerivedType(typeof(DhcpProbeRequest), "dhcp-probe")]
[JsonDerivedType(typeof(MulticastQuerierRequest), "multicast-querier")]
[JsonDerivedType(typeof(DataDisksRequest), "data-disks")]
[JsonDerivedType(typeof(DataDiskMountRequest), "data-disk-mount")]
[JsonDerivedType(typeof(DataDiskPrepareRequest), "data-disk-prepare")]
[JsonDerivedType(typeof(DataDiskGrowRequest), "data-disk-grow")]
[JsonDerivedType(typeof(DiskHealthRequest), "disk-health")]
[JsonDerivedType(typeof(JournalRequest), "journal")]
[JsonDerivedType(typeof(NetworkApplyRequest), "network-apply")]
[JsonDerivedType(typeof(HostNameRequest), "host-name")]
[JsonDerivedType(typeof(TimeZoneRequest), "time-zone")]
[JsonDerivedType(typeof(ApplianceApplyRequest), "appliance-apply")]
[JsonDerivedType(typeof(DaemonStartRequest), "daemon-start")]
[JsonDerivedType(typeof(EmergencyShellRequest), "emergency-shell")]
[JsonDerivedType(typeof(OperatorsMirrorRequest), "operators-mirror")]
[JsonDerivedType(typeof(SystemStateRequest), "system-state")]
[JsonDerivedType(typeof(SystemInstallRequest), "system-install")]
[JsonDerivedType(typeof(SystemUpdateRequest), "system-update")]
[JsonDerivedType(typeof(SystemFallbackRequest), "system-fallback")]
[JsonDerivedType(typeof(SystemKeepRequest), "system-keep")]
public abstract record HelperRequest;

/// <summary>Restarts or switches off the appliance.</summary>
public sealed record PowerRequest(PowerAction Action) : HelperRequest;

/// <summary>Sets the clock of the system, and the one on the board if there is one.</summary>
/// <param name="Utc">Within the bounds of <see cref="ClockTime"/>.</param>
public sealed record ClockRequest([property: JsonConverter(typeof(UtcJson))] DateTimeOffset Utc) : HelperRequest;

/// <summary>Starts dnsmasq with a configuration, instead of what it runs with.</summary>
/// <param name="Configuration">Lines that the helper knows, for <see cref="DnsmasqPaths"/>.</param>
public sealed record DnsmasqApplyRequest(string Configuration) : HelperRequest;

/// <summary>Has dnsmasq read <see cref="DnsmasqPaths.Hosts"/> again, if it runs. What it is at goes on.</summary>
public sealed record DnsmasqReloadRequest : HelperRequest;

/// <summary>Ends dnsmasq.</summary>
public sealed record DnsmasqStopRequest : HelperRequest;

/// <summary>Answers <c>off</c>, <c>up</c>, or <c>down</c> with the reason behind it.</summary>
public sealed record DnsmasqStateRequest : HelperRequest;

/// <summary>Asks the wire who answers a PC that starts. Answers a line for each: its address, and <c>dhcp</c> or <c>pxe</c>.</summary>
public sealed record DhcpProbeRequest(string Interface) : HelperRequest;

/// <summary>Asks on a card who wants which multicast group, once a minute until it is told to end. Being told twice changes nothing.</summary>
public sealed record MulticastQuerierRequest(string Interface, bool On) : HelperRequest;

/// <summary>Asks which disks the appliance has. Answers <see cref="HelperAnswer.Disks"/>.</summary>
public sealed record DataDisksRequest : HelperRequest;

/// <summary>Checks the appliance's volume and mounts it at the helper's own folder. One that is mounted there already is left as it is.</summary>
public sealed record DataDiskMountRequest : HelperRequest;

/// <summary>
/// Erases a disk and makes it the appliance's volume. The disk is named as the person saw it: if another one has its place by now, nothing is
/// written. Commit point: the label of the volume, which is written last.
/// </summary>
/// <param name="Path">As <see cref="DataDisk.Path"/>, and so on.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Confirm">What the person typed: <see cref="DataDisk.Name"/> of a disk that holds something. Not looked at for a blank one.</param>
public sealed record DataDiskPrepareRequest(string Path, string Serial, long Size, string? Confirm = null) : HelperRequest;

/// <summary>Grows the mounted volume onto what its disk has got behind it. Answers its size in bytes.</summary>
public sealed record DataDiskGrowRequest : HelperRequest;

/// <summary>Asks the disks of the appliance how they are. Answers <see cref="HelperAnswer.Health"/>.</summary>
public sealed record DiskHealthRequest : HelperRequest;

/// <summary>
/// Writes the end of the system's journal since its start into <see cref="HelperProtocol.JournalOf"/>, for the one who asks to read and take away:
/// an answer has no room for it.
/// </summary>
public sealed record JournalRequest : HelperRequest;

/// <summary>Sets how the appliance is in its network, until it is switched off.</summary>
public sealed record NetworkApplyRequest(NetworkSettings Network) : HelperRequest;

/// <summary>Names the system, until it is switched off.</summary>
/// <param name="Name">As <see cref="Text.ComputerName"/>.</param>
public sealed record HostNameRequest(string Name) : HelperRequest;

/// <summary>Sets the time zone of programs that are started from now on, until the system is switched off.</summary>
/// <param name="Zone">As the zone database names it.</param>
public sealed record TimeZoneRequest(string Zone) : HelperRequest;

/// <summary>Does what <see cref="ApplianceSettings"/> on the volume say. Answers <c>none</c> if there are none.</summary>
public sealed record ApplianceApplyRequest : HelperRequest;

/// <summary>Starts the daemon's unit, which waits for the first operator.</summary>
public sealed record DaemonStartRequest : HelperRequest;

/// <summary>Opens a shell on a screen of the appliance, for whoever sits there.</summary>
public sealed record EmergencyShellRequest : HelperRequest;

/// <summary>
/// Makes users of the system of the operators, and of nobody else: for SSH. Answers the names that it left out because the system has a
/// user of that name, a line each.
/// </summary>
public sealed record OperatorsMirrorRequest(IReadOnlyList<MirroredOperator> Operators) : HelperRequest;

/// <summary>Asks which system runs, and which others there are. Answers <see cref="HelperAnswer.System"/>.</summary>
public sealed record SystemStateRequest : HelperRequest;

/// <summary>
/// Erases a disk and installs the system on it that runs from its medium. Answered once it has begun; <see cref="SystemStateRequest"/> says how far
/// it is. The disk is named as with <see cref="DataDiskPrepareRequest"/>.
/// </summary>
/// <param name="Path">As <see cref="DataDisk.Path"/>, and so on.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Confirm">What the person typed.</param>
public sealed record SystemInstallRequest(string Path, string Serial, long Size, string? Confirm = null) : HelperRequest;

/// <summary>
/// Writes a newer system to the place that does not run, to be tried at the next start. Answered once it has begun, which is when its signature was
/// found good.
/// </summary>
public sealed record SystemUpdateRequest(SystemSource Source) : HelperRequest;

/// <summary>Has the other system of the disk tried at the next start. Answers its version.</summary>
public sealed record SystemFallbackRequest : HelperRequest;

/// <summary>What runs was found to work: it is what is started from now on.</summary>
public sealed record SystemKeepRequest : HelperRequest;
