using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using OsDeploy.Api;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Text;

namespace OsDeploy.Server.Health;

/// <summary>Something that whoever looks for a fault wants to see.</summary>
/// <param name="Name">Of its file.</param>
internal sealed record SupportPart(string Name, Func<CancellationToken, Task<byte[]>> Make);

/// <summary>
/// Answers <see cref="HealthApi.SupportBundle"/>. Its parts are what the API says of them, in which secrets are masked, and what the system says
/// of itself. A part that cannot be made is a file that says why: an appliance that is broken is what it is for.
/// </summary>
internal sealed class SupportBundle(IReadOnlyList<SupportPart> parts, AuditLog audit, TimeProvider time)
{
    private const string Folder = "osdeploy-support/";

    public void Map(HandlerTable on) => on.On(HealthApi.SupportBundle, SendAsync);

    private async Task SendAsync(Call call)
    {
        audit.Append(call.Caller.AuditName, "support-bundle", "appliance", "");
        call.Context.Response.ContentType = "application/gzip";
        await WriteAsync(call.Context.Response.Body, call.Cancel);
    }

    /// <summary>Each part as it is made: nothing is kept.</summary>
    internal async Task WriteAsync(Stream to, CancellationToken cancel)
    {
        await using var packed = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        await using var tar = new TarWriter(packed, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var part in parts)
        {
            using var content = new MemoryStream(await MakeAsync(part, cancel));
            await tar.WriteEntryAsync(
                new UstarTarEntry(TarEntryType.RegularFile, Folder + part.Name) { DataStream = content, ModificationTime = time.GetUtcNow(), Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite }, cancel);
        }
    }

    private static async Task<byte[]> MakeAsync(SupportPart part, CancellationToken cancel)
    {
        try
        {
            return await part.Make(cancel);
        }
        catch (UserErrorException e)
        {
            return Encoding.UTF8.GetBytes($"{Printable.Of(e.Message, 1000)}   [{e.Code}]\n{Printable.Of(e.Hint, 1000)}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Encoding.UTF8.GetBytes(Printable.Of(e.Message, 1000) + "\n");
        }
    }
}
