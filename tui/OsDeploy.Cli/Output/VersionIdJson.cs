using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Images;

namespace OsDeploy.Cli.Output;

/// <summary>A version id in JSON is its 64 hexadecimal digits.</summary>
internal sealed class VersionIdJson : JsonConverter<VersionId>
{
    public override VersionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        VersionId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A version is 64 hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, VersionId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
