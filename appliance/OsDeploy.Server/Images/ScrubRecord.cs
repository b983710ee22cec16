using System.Text.Json.Serialization;

namespace OsDeploy.Server.Images;

/// <summary>How far the weekly check is.</summary>
/// <param name="FinishedAt">When the last one was over; null: never.</param>
/// <param name="Done">Versions the present one has behind it.</param>
internal sealed record ScrubRecord(string Id, DateTimeOffset? FinishedAt, IReadOnlyList<string> Done)
{
    public const string Only = "store";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScrubRecord))]
internal sealed partial class ScrubJson : JsonSerializerContext;
