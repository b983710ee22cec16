using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Agent;

/// <summary>What a test's computer says of itself: the JSON of a <see cref="Api.Hosts.HardwareIdentity"/>, with what its inventory is to say if that matters.</summary>
public sealed record LabIdentity(
    IReadOnlyList<MacAddress> Macs,
    string? SystemUuid = null,
    string? SystemSerial = null,
    string? BoardSerial = null,
    string? Vendor = null,
    string? Model = null,
    string Firmware = "uefi",
    long MemoryBytes = 4L << 30)
{
    /// <returns>Null if it is not such JSON.</returns>
    public static LabIdentity? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LabJson.Default.LabIdentity);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(MacAddressJson)])]
[JsonSerializable(typeof(LabIdentity))]
internal sealed partial class LabJson : JsonSerializerContext;
