using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsDeploy.Api.Appliance;

/// <summary>What can be done to the appliance's own power. In JSON <c>restart</c> and <c>off</c>.</summary>
[JsonConverter(typeof(PowerActionJson))]
public enum PowerAction
{
    Restart,
    Off,
}

public sealed record PowerOrder(PowerAction Action);

/// <summary>Takes the two words as they are written. .NET's own converter would also take numbers, other case and lists.</summary>
public sealed class PowerActionJson : JsonConverter<PowerAction>
{
    public override PowerAction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (reader.TokenType == JsonTokenType.String ? reader.GetString() : null) switch
        {
            "restart" => PowerAction.Restart,
            "off" => PowerAction.Off,
            _ => throw new JsonException("The power can be told \"restart\" or \"off\"."),
        };

    public override void Write(Utf8JsonWriter writer, PowerAction value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WordOf(value));

    public static string WordOf(PowerAction action) => action switch
    {
        PowerAction.Restart => "restart",
        PowerAction.Off => "off",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "no such action"),
    };
}
