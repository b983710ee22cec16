using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Api;

/// <param name="Image">Checked against the grammar of <see cref="ImageName"/> when it is read.</param>
public sealed record LeaseRequest(ImageKind Kind, ImageName Image);

/// <param name="Signature">Null for an unsigned version.</param>
public sealed record CommitRequest(byte[] Manifest, bool MakeCurrent, byte[]? Signature = null);

/// <param name="Only">Null: everything.</param>
public sealed record CheckRequest(VersionId? Only = null);

/// <param name="EndsAt">Until then the chunks of a deleted version stay.</param>
public sealed record Quarantine(DateTimeOffset EndsAt);

/// <param name="Bytes">What captures may still add; the server's own reserve is not in it.</param>
public sealed record FreeSpace(long Bytes);

/// <summary>An answer that is not a success (RFC 9457, <c>application/problem+json</c>).</summary>
/// <param name="Title">The words of the HTTP status.</param>
/// <param name="Detail">What cannot be done and why: the message of a <see cref="UserErrorException"/>.</param>
/// <param name="Missing">Only with <c>chunks-missing</c>.</param>
public sealed record Problem(int Status, string Title, string Detail, string Code, string Hint, IReadOnlyList<ChunkId>? Missing = null)
{
    public const string MediaType = "application/problem+json";
}

/// <summary>JSON of the API. Fields it does not know are ignored, so that an agent and a server of neighbouring versions understand each other.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(ChunkIdJson), typeof(VersionIdJson), typeof(ImageNameJson)])]
[JsonSerializable(typeof(LeaseRequest))]
[JsonSerializable(typeof(CommitRequest))]
[JsonSerializable(typeof(CheckRequest))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(Quarantine))]
[JsonSerializable(typeof(FreeSpace))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PruneOptions))]
[JsonSerializable(typeof(PruneReport))]
[JsonSerializable(typeof(IReadOnlyList<VersionEntry>))]
public sealed partial class ApiJson : JsonSerializerContext;

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
