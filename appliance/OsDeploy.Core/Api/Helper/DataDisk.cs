using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsDeploy.Api.Helper;

/// <summary>A disk of the appliance itself, and whether it could hold what the appliance keeps.</summary>
/// <param name="Path">Device node. Another disk may have it after the next start.</param>
/// <param name="Name">What is typed before its content is lost: the last part of the path, which has the same letters on every keyboard.</param>
/// <param name="Model">Empty: it does not say, as disks of virtual machines.</param>
/// <param name="Serial">Empty: as above.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Holds">What lies on it, a line each; empty where it is blank.</param>
public sealed record DataDisk(string Path, string Name, string Model, string Serial, long Size, DataDiskState State, IReadOnlyList<string> Holds)
{
    /// <summary>Whether it may be prepared at all.</summary>
    [JsonIgnore]
    public bool IsOffered => State is DataDiskState.Blank or DataDiskState.Full or DataDiskState.Ours;
}

[JsonConverter(typeof(DataDiskStateJson))]
public enum DataDiskState
{
    /// <summary>Nothing lies on it.</summary>
    Blank,

    /// <summary>Something lies on it that would be lost.</summary>
    Full,

    /// <summary>It has a volume of an appliance.</summary>
    Ours,

    /// <summary>Something of it is mounted, swapped to, or part of an array or a volume group.</summary>
    InUse,

    /// <summary>Computers are started from it, perhaps this one.</summary>
    StartMedium,

    ReadOnly,

    TooSmall,
}

/// <summary>One word, as <see cref="ApiWord"/> writes it. .NET's own converter would also take numbers, other case and lists.</summary>
public sealed class DataDiskStateJson : JsonConverter<DataDiskState>
{
    public override DataDiskState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } word && ApiWord.TryParse(word, out DataDiskState state) && ApiWord.Of(state) == word
            ? state
            : throw new JsonException("There is no such state of a disk.");

    public override void Write(Utf8JsonWriter writer, DataDiskState value, JsonSerializerOptions options) => writer.WriteStringValue(ApiWord.Of(value));
}
