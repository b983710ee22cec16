using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace OsDeploy.Storage.Documents;

/// <summary>Looks into documents without knowing their types.</summary>
internal static class DocumentJson
{
    /// <summary>Whether an object has this field and it is this string.</summary>
    public static bool HasString(ReadOnlySpan<byte> json, string field, string value)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isField = reader.ValueTextEquals(field);
            _ = reader.Read();
            if (isField)
            {
                return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(value);
            }

            reader.Skip();
        }

        return false;
    }

    // The reader does not look at the encoding of strings.
    public static bool IsValid(ReadOnlySpan<byte> json) => Utf8.IsValid(json) && IsGrammatical(json);

    /// <exception cref="JsonException">It is not JSON, or not an object.</exception>
    public static JsonObject Parse(ReadOnlySpan<byte> json) =>
        JsonNode.Parse(json) as JsonObject ?? throw new JsonException("It is not an object.");

    public static byte[] Utf8Of(JsonObject document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            document.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    private static bool IsGrammatical(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                // It throws at the first byte that is wrong.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
