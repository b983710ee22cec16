using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Chunks;

namespace OsDeploy.Images;

/// <summary>JSON of manifests: strict both ways, so that a field this program does not know is refused instead of ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32,
    Converters = [typeof(ChunkIdJson)])]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;

/// <summary>A chunk id in JSON is its 64 hexadecimal digits.</summary>
public sealed class ChunkIdJson : JsonConverter<ChunkId>
{
    public override ChunkId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ChunkId.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException("A hash is 64 hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, ChunkId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
