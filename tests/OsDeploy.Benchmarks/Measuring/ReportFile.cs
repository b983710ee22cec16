using System.Text.Json;
using OsDeploy.Benchmarks.Streams;

namespace OsDeploy.Benchmarks.Measuring;

/// <summary>What a run says about itself in <c>REPORT</c>: osdeploy's own report, that of a room, that of a terminal, or that of a stream.</summary>
internal sealed record ReportFile(long FetchedBytes = 0, RoomFigures? Room = null, ScreenFigures? Screens = null, double ServerSeconds = 0, StreamFigures? Stream = null, StreamedRoomFigures? Streamed = null)
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <returns>Zeros if there is none.</returns>
    public static ReportFile Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<ReportFile>(File.ReadAllBytes(path), s_json) ?? new ReportFile() : new ReportFile();

    public static string Json(ScreenFigures screens) => JsonSerializer.Serialize(new ReportFile(Screens: screens), s_json);

    public static string Json(RoomFigures room) => JsonSerializer.Serialize(new ReportFile(room.FetchedBytes, room), s_json);

    public static string Json(StreamedRoomFigures streamed) => JsonSerializer.Serialize(new ReportFile(streamed.FetchedBytes, Streamed: streamed), s_json);

    public static string Json(StreamFigures stream) => JsonSerializer.Serialize(new ReportFile(stream.Bytes, Stream: stream), s_json);
}
