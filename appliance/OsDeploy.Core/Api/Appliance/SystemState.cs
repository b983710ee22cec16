using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsDeploy.Api.Appliance;

/// <summary>The appliance's own system, as opposed to what it keeps.</summary>
/// <param name="Version">Of what runs; empty: it was not started from an appliance's medium.</param>
/// <param name="Slots">The two places of a disk; none where it runs from its medium.</param>
/// <param name="Running">Place of what runs: <c>a</c> or <c>b</c>; null: not from a disk.</param>
/// <param name="Work">What is being done, or was done last since the start; null: nothing.</param>
public sealed record SystemState(SystemPlace Place, string Version, bool IsDevelopment, IReadOnlyList<SystemSlot> Slots, string? Running = null, SystemWork? Work = null)
{
    /// <summary>What runs is tried: the next start is that of the other one, unless this one is found to work.</summary>
    [JsonIgnore]
    public bool IsTrial => Slots.Any(slot => slot.Name == Running && !slot.IsLasting);

    /// <summary>The place that does not run; null: there is none.</summary>
    [JsonIgnore]
    public SystemSlot? Other => Running is null ? null : Slots.FirstOrDefault(slot => slot.Name != Running);
}

/// <param name="Name"><c>a</c> or <c>b</c>.</param>
/// <param name="IsLasting">It is started unless something else is said.</param>
/// <param name="IsNext">It is started once, the next time.</param>
/// <param name="Version">Null: it holds no whole system.</param>
public sealed record SystemSlot(string Name, long Counter, bool IsDevelopment, bool IsLasting, bool IsNext, string? Version = null);

/// <param name="Percent">0 to 100.</param>
/// <param name="Code">What it failed with; null: it did not.</param>
public sealed record SystemWork(SystemStep Step, int Percent, bool IsDone, string? Code = null, string? Message = null, string? Hint = null);

[JsonConverter(typeof(ApiWordJson<SystemPlace>))]
public enum SystemPlace
{
    /// <summary>A stick or a disc.</summary>
    Medium,

    /// <summary>A disk that it was installed on.</summary>
    Disk,

    /// <summary>A system that was set up in another way, in which the programs run.</summary>
    Other,
}

[JsonConverter(typeof(ApiWordJson<SystemStep>))]
public enum SystemStep
{
    Check,
    Prepare,
    Copy,
    ReadBack,
    Finish,
}

/// <param name="Source">Where the new system comes from.</param>
public sealed record SystemUpdateOrder(SystemSource Source);

/// <param name="Version">Of the other system, as it was shown; null: whatever it is.</param>
public sealed record SystemFallbackOrder(string? Version = null);

[JsonConverter(typeof(ApiWordJson<SystemSource>))]
public enum SystemSource
{
    /// <summary>What was sent before.</summary>
    Upload,

    /// <summary>A stick or a disc in the appliance.</summary>
    Medium,
}

/// <param name="Size">Bytes that have arrived.</param>
public sealed record SystemUpload(long Size);

/// <summary>One word, as <see cref="ApiWord"/> writes it. .NET's own converter would also take numbers, other case and lists.</summary>
public sealed class ApiWordJson<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } word && ApiWord.TryParse(word, out T value) && ApiWord.Of(value) == word
            ? value
            : throw new JsonException("There is no such word.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(ApiWord.Of(value));
}
