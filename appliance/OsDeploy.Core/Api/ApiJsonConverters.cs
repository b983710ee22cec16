using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Api;

/// <summary>A version id in JSON is its 64 hexadecimal digits.</summary>
public sealed class VersionIdJson : JsonConverter<VersionId>
{
    public override VersionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && VersionId.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException("A version id is 64 hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, VersionId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>An image's name in JSON, checked when it is read.</summary>
public sealed class ImageNameJson : JsonConverter<ImageName>
{
    public override ImageName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ImageName.TryParse(reader.GetString(), out var name)
            ? name
            : throw new JsonException("This is not the name of an image.");

    public override void Write(Utf8JsonWriter writer, ImageName value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>A computer's name in JSON, checked when it is read.</summary>
public sealed class ComputerNameJson : JsonConverter<ComputerName>
{
    public override ComputerName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ComputerName.TryParse(reader.GetString(), out var name)
            ? name
            : throw new JsonException("This is not the name of a computer.");

    public override void Write(Utf8JsonWriter writer, ComputerName value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>A MAC address in JSON, checked when it is read.</summary>
public sealed class MacAddressJson : JsonConverter<MacAddress>
{
    public override MacAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && MacAddress.TryParse(reader.GetString(), out var address)
            ? address
            : throw new JsonException("This is not a MAC address.");

    public override void Write(Utf8JsonWriter writer, MacAddress value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
