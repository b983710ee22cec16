using System.Text.Json.Serialization;
using OsDeploy.Api.Appliance;

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
