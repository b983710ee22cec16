using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Images;

namespace OsDeploy.Cli.Output;

/// <summary>An image name in JSON is a string.</summary>
internal sealed class ImageNameJson : JsonConverter<ImageName>
{
    public override ImageName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ImageName.TryParse(reader.GetString(), out var name) ? name : throw new JsonException("This cannot be the name of an image.");

    public override void Write(Utf8JsonWriter writer, ImageName value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
