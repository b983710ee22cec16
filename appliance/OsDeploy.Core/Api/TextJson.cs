using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsDeploy.Api;

/// <summary>How a text becomes a value that cannot be wrong.</summary>
public delegate bool TextParser<T>(string? text, out T value);

/// <summary>A value that is a text in JSON, checked when it is read.</summary>
/// <param name="tryParse">The one place that knows its grammar.</param>
/// <param name="refusal">What to say of a text that is none.</param>
public abstract class TextJson<T>(TextParser<T> tryParse, string refusal) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && tryParse(reader.GetString(), out var value) ? value : throw new JsonException(refusal);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
