using System.Text.Json;
using OsDeploy.Api.Appliance;

namespace OsDeploy.Api;

/// <summary>Reads server-sent events (WHATWG HTML section 9.2), as far as an appliance sends them.</summary>
internal static class EventLines
{
    private const string Data = "data:";

    // The server says something every 15 seconds: after three times that, nobody is there.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(45);

    /// <summary>Ends when the server ends the stream.</summary>
    /// <param name="opened">Called with the first line: what happens from now on is heard.</param>
    /// <exception cref="IOException">Nothing came for too long.</exception>
    /// <exception cref="JsonException">It is no event.</exception>
    public static async Task ReadAsync(Stream stream, Action opened, Action<Event> heard, TimeProvider time, CancellationToken cancel)
    {
        using var reader = new StreamReader(stream);
        var isFirst = true;
        while (await NextAsync(reader, time, cancel) is { } line)
        {
            if (isFirst)
            {
                opened();
                isFirst = false;
            }

            if (line.StartsWith(Data, StringComparison.Ordinal) && JsonSerializer.Deserialize(line.AsSpan(Data.Length).Trim(), ApiJson.Default.Event) is { } one)
            {
                heard(one);
            }
        }
    }

    private static async Task<string?> NextAsync(StreamReader reader, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadLineAsync(cancel).AsTask().WaitAsync(s_silence, time, cancel);
        }
        catch (TimeoutException e)
        {
            throw new IOException("the server says nothing any more", e);
        }
    }
}
