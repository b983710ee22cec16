using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsDeploy.Api.Appliance;

/// <param name="Utc">RFC 3339 with <c>Z</c>: a time without a zone would be read as the server's own.</param>
public sealed record ClockSetting([property: JsonConverter(typeof(UtcJson))] DateTimeOffset Utc);

/// <summary>
/// A second the appliance's clock may be set to: from 2020 up to 2100. What lies outside is a broken clock somewhere, and
/// certificates, leases and the audit log would follow it.
/// </summary>
public readonly record struct ClockTime
{
    private static readonly DateTimeOffset s_first = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_end = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Counted from the first, so that the default is a time too.
    private readonly uint _seconds;

    private ClockTime(uint seconds) => _seconds = seconds;

    public DateTimeOffset Utc => s_first.AddSeconds(_seconds);

    /// <summary>Seconds since 1970, as date(1) takes them.</summary>
    public long UnixSeconds => Utc.ToUnixTimeSeconds();

    /// <summary>Parts of a second are cut off.</summary>
    /// <exception cref="UserErrorException"><c>clock-out-of-range</c></exception>
    public static ClockTime Of(DateTimeOffset time) => time >= s_first && time < s_end
        ? new ClockTime((uint)((time - s_first).Ticks / TimeSpan.TicksPerSecond))
        : throw Errors.ClockOutOfRange(time);

    public override string ToString() => Utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>A time in JSON that must say it is UTC.</summary>
public sealed class UtcJson : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && DateTimeOffset.TryParseExact(reader.GetString(), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new JsonException("A time is written like 2026-11-21T13:52:10Z.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture));
}
