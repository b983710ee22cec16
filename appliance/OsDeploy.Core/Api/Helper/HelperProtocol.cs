using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OsDeploy.Api.Helper;

/// <summary>
/// How the daemon and the helper talk: a connection to a Unix socket, one request as a line of JSON, one answer as a line of
/// JSON. What follows the first line is not read.
/// </summary>
public static class HelperProtocol
{
    /// <summary>
    /// Bytes of a line, with its end: <see cref="MirroredOperators.Most"/> operators fit, or the disks of a computer. It fits in a socket's buffer
    /// (net.core.wmem_default is 208 KiB).
    /// </summary>
    public const int MaxLine = 64 << 10;

    /// <summary>Connections the helper keeps open at a time.</summary>
    public const int MaxConnections = 8;

    /// <summary>From the connection to the answer.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_slowDeadline = TimeSpan.FromMinutes(30);

    // Each disk is asked for a quarter of a minute at most; a journal of a year is searched for its end.
    private static readonly TimeSpan s_askingDeadline = TimeSpan.FromMinutes(2);

    /// <summary>What looks at disks may wait for them to spin up, and a check of a large volume reads all its inodes.</summary>
    public static TimeSpan DeadlineOf(HelperRequest request) => request switch
    {
        DataDisksRequest or DataDiskMountRequest or DataDiskPrepareRequest or DataDiskGrowRequest
            or SystemStateRequest or SystemInstallRequest or SystemUpdateRequest or SystemFallbackRequest or SystemKeepRequest => s_slowDeadline,
        DiskHealthRequest or JournalRequest => s_askingDeadline,
        _ => Deadline,
    };

    /// <summary>Where the journal is laid down.</summary>
    /// <param name="socket">Path of the helper's socket.</param>
    public static string JournalOf(string socket) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(socket))!, "journal");

    public static byte[] LineOf(HelperRequest request) => LineOf(request, HelperJson.Default.HelperRequest);

    public static byte[] LineOf(HelperAnswer answer) => LineOf(answer, HelperJson.Default.HelperAnswer);

    /// <exception cref="FormatException">Not a request this program knows: an unknown verb, a field too many or too few, a wrong value.</exception>
    public static HelperRequest ParseRequest(ReadOnlySpan<byte> line) => Parse(line, HelperJson.Default.HelperRequest);

    /// <exception cref="FormatException">Not an answer.</exception>
    public static HelperAnswer ParseAnswer(ReadOnlySpan<byte> line) => Parse(line, HelperJson.Default.HelperAnswer);

    /// <returns>The first line without its end.</returns>
    /// <exception cref="FormatException">It is too long, or what arrives ends before the line does.</exception>
    public static async Task<byte[]> ReadLineAsync(Stream stream, CancellationToken cancel)
    {
        var buffer = new byte[MaxLine];
        for (var length = 0; length < buffer.Length;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancel);
            if (read == 0)
            {
                throw new FormatException("the line has no end");
            }

            var end = buffer.AsSpan(length, read).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return buffer[..(length + end)];
            }

            length += read;
        }

        throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the line is longer than {MaxLine} bytes"));
    }

    private static byte[] LineOf<T>(T value, JsonTypeInfo<T> type) => [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];

    private static T Parse<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw new FormatException("it is null");
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
        catch (NotSupportedException e)
        {
            // What .NET throws when the verb is missing or is not the first field.
            throw new FormatException("it does not begin with a verb", e);
        }
    }
}
