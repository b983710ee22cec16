using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Server.Api;

/// <summary>Reads requests and writes answers. Everything that arrives is parsed into a value that cannot be wrong, or refused.</summary>
internal static class Requests
{
    private const int FirstBuffer = 1 << 20;

    public static ChunkId ChunkIdOf(HttpContext context, string name) =>
        ChunkId.TryParse(ValueOf(context, name), out var id) ? id : throw Errors.RequestMalformed("an id is 64 hexadecimal digits");

    public static VersionId VersionIdOf(HttpContext context) => new(ChunkIdOf(context, "version"));

    public static Guid LeaseIdOf(HttpContext context) =>
        Guid.TryParseExact(ValueOf(context, "lease"), "N", out var id) ? id : throw Errors.RequestMalformed("a lease id is 32 hexadecimal digits");

    /// <summary>Reads a whole body. Memory grows with what has arrived, never with what a header promises.</summary>
    public static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 0, FirstBuffer));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    public static async Task<T> ReadJsonAsync<T>(HttpContext context, JsonTypeInfo<T> type)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw Errors.RequestMalformed("the JSON body is null");
        }
        catch (JsonException e)
        {
            throw Errors.RequestMalformed(e.Message, e);
        }
    }

    public static Task AnswerBytesAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    public static Task AnswerFileAsync(HttpContext context, FileStream file)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = file.Length;
        return file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    public static Task AnswerJsonAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type) =>
        context.Response.WriteAsJsonAsync(value, type);

    public static void AnswerNothing(HttpContext context) => context.Response.StatusCode = StatusCodes.Status204NoContent;

    private static string? ValueOf(HttpContext context, string name) =>
        Convert.ToString(context.GetRouteValue(name), CultureInfo.InvariantCulture);
}
