using System.Text.Json;
using OsDeploy.Api.Boot;

namespace OsDeploy.SetUp;

/// <summary>What a new appliance's daemon is told together with its first operator. It is looked at as if that operator had set it.</summary>
/// <param name="School">Null: not said.</param>
/// <param name="Interface">Empty while off.</param>
/// <param name="RangeFirst">Of a DHCP server, as the rest.</param>
public sealed record FirstSettings(
    string? School = null,
    BootMode Mode = BootMode.Off,
    string Interface = "",
    string? RangeFirst = null,
    string? RangeLast = null,
    string? Router = null,
    IReadOnlyList<string>? Dns = null)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SetUpJson.Default.FirstSettings);

    /// <exception cref="FormatException">Something else, or more.</exception>
    public static FirstSettings Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SetUpJson.Default.FirstSettings) ?? throw new FormatException("it is null");
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
