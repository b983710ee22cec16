using OsDeploy.Api;

namespace OsDeploy.Agent.Network;

/// <param name="Server">As <see cref="ApiClient"/> takes it.</param>
/// <param name="Key">The key it must have.</param>
/// <param name="Vlan">Number of the VLAN it is in; null: none.</param>
/// <param name="LeaseScript">What udhcpc calls; it writes <c>/run/osdeploy/CARD.lease</c>.</param>
public sealed record BootNetworkOptions(string Server, ServerKey? Key, int? Vlan, string LeaseScript);
