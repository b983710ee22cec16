using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts.Lists;

/// <summary>One host as a list has it. Null: the list does not say.</summary>
/// <param name="Macs">The first is the one the list names it by; there is at least one.</param>
/// <param name="Configuration">Name of a configuration or of its image.</param>
internal sealed record HostLine(
    int Line, IReadOnlyList<MacAddress> Macs, ComputerName? Name, string? Room, string? Configuration, string? Notes, HostDetails Details, JoinSettings Join);

/// <param name="Faults">Lines that say nothing usable.</param>
internal sealed record HostLines(IReadOnlyList<HostLine> Lines, IReadOnlyList<ImportLine> Faults);
