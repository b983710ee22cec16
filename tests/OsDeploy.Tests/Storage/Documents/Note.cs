using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Tests.Storage.Documents;

/// <summary>A document of these tests.</summary>
internal sealed record Note(string Id, string Text, int Number = 0);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class NoteJson : JsonSerializerContext
{
    public static Collection<Note> In(DocumentStore store, string name = "note") => store.GetCollection(name, Default.Note, note => note.Id);
}
