using System.Text.Json.Serialization;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Server.Agents;

/// <summary>An agent that said hello. Kept, so that a restart of the daemon throws no agent out.</summary>
/// <param name="TokenHash">SHA-256 of its credential, in hexadecimal digits.</param>
/// <param name="NonceHash">SHA-256 of what it drew at its start: the same hello twice is the same agent.</param>
/// <param name="Host">Id of the host it is; null while it is pending.</param>
/// <param name="Pending">Id of the pending computer it is, while it is one.</param>
/// <param name="PairedBy">The operator who compared its words, as <see cref="Pairings"/> asks it of strict hosts; null: nobody has.</param>
internal sealed record AgentRecord(
    string Id, string TokenHash, string NonceHash, string? Host, string? Pending, HardwareIdentity Identity, string Address, bool IsLab, DateTimeOffset SaidHelloAt, string? PairedBy = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(OsDeploy.Api.MacAddressJson)])]
[JsonSerializable(typeof(AgentRecord))]
internal sealed partial class AgentJson : JsonSerializerContext;
