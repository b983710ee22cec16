using System.Text.Json.Serialization;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Server.Hosts;

/// <summary>
/// What a computer last said is in it. Apart from the host's document: it is ten times as long, and a stick plugged in must not make an
/// operator's edit stale.
/// </summary>
/// <param name="Host">Id of the host or pending computer.</param>
internal sealed record HostInventory(string Host, Inventory Inventory);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HostInventory))]
internal sealed partial class RegistryJson : JsonSerializerContext;
