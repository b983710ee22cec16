using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OsDeploy.Api.Boot;
using OsDeploy.Boot;

namespace OsDeploy.Server.Boot;

/// <summary>Answers the plain listener: GET and HEAD of a closed list, always with a length. Everything else of the appliance is not there.</summary>
/// <param name="catchUp">Brings the history up to now, before a script becomes a part of it.</param>
internal sealed class BootPages(BootDesk desk, ClientBuilds builds, BootHistory history, Action catchUp)
{
    private const int HttpPort = 80;
    private const string GrubAgent = "GRUB";

    /// <summary>For the pipeline: takes what came by the plain listener, and nothing else.</summary>
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<PlainConnection>() is not { } connection)
        {
            await next(context);
            return;
        }

        if (context.Request.Headers.UserAgent is [{ } agent, ..] && agent.StartsWith(GrubAgent, StringComparison.Ordinal))
        {
            connection.IsGrub = true;
            context.Response.Headers.Connection = "close";
        }

        try
        {
            await AnswerAsync(context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The PC is gone.
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        // As it came: what is decoded or tidied could become another path.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
        var isHead = HttpMethods.IsHead(context.Request.Method);
        if (!isHead && !HttpMethods.IsGet(context.Request.Method))
        {
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, isHead);
            return;
        }

        switch (BootPath.Of(path))
        {
            case EntryPath entry:
                await SendAsync(context, EntryOf(entry.Loader, context), isHead);
                break;
            case ScriptPath { Loader: BootLoader.Ipxe } when query.Length == 0:
                await SendAsync(context, EntryOf(BootLoader.Ipxe, context), isHead);
                break;
            case ScriptPath script when BootRequest.TryParse(script.Loader, query, out var request):
                catchUp();
                await SendDecisionAsync(context, request, isHead);
                break;
            case ScriptPath:
                await RefuseAsync(context, StatusCodes.Status400BadRequest, isHead);
                break;
            case LoaderPath loader when builds.Current is { } current:
                await SendFileAsync(context, current, ClientBuild.Loaders + loader.Name, "loader", isHead);
                break;
            case BuildPath file:
                await SendFileAsync(context, file.Build, file.Name, file.Name == ClientBuild.Kernel ? "kernel" : "initrd", isHead);
                break;
            default:
                await RefuseAsync(context, StatusCodes.Status404NotFound, isHead);
                break;
        }
    }

    private async Task SendDecisionAsync(HttpContext context, BootRequest request, bool isHead)
    {
        if (isHead)
        {
            context.Response.ContentType = "text/plain";
            return; // nobody starts with that: nothing is decided, and nothing counted
        }

        var answer = await desk.ScriptAsync(request, DoorOf(context), context.RequestAborted);
        await SendAsync(context, answer.Script, isHead: false);
        await context.Response.CompleteAsync();
        desk.Sent(answer);
    }

    private static string EntryOf(BootLoader loader, HttpContext context)
    {
        var server = DoorOf(context).Server;
        return loader == BootLoader.Ipxe ? IpxeScript.Entry(server) : GrubScript.Entry(server);
    }

    private static BootDoor DoorOf(HttpContext context)
    {
        var connection = context.Connection;
        var local = connection.LocalIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : connection.LocalIpAddress ?? IPAddress.Loopback;
        var remote = connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } other ? other.MapToIPv4() : connection.RemoteIpAddress;
        return new BootDoor(Authority(local, connection.LocalPort), local, remote);
    }

    /// <summary>An address as it stands in a URL.</summary>
    public static string Authority(IPAddress address, int port) => port == HttpPort ? address.ToString() : new IPEndPoint(address, port).ToString();

    private static async Task SendAsync(HttpContext context, string script, bool isHead)
    {
        var bytes = Encoding.ASCII.GetBytes(script);
        context.Response.ContentType = "text/plain";
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        if (!isHead)
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    // UEFI's client, asked by shim for files that need not exist, waits for what would follow an empty answer until the connection ends.
    private static Task RefuseAsync(HttpContext context, int status, bool isHead)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Connection = "close";
        return SendAsync(context, "refused\n", isHead);
    }

    private async Task SendFileAsync(HttpContext context, string build, string name, string step, bool isHead)
    {
        if (builds.FileOf(build, name) is not var (path, size))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, isHead);
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = size;
        if (isHead)
        {
            return;
        }

        await context.Response.SendFileAsync(path, 0, size, context.RequestAborted);
        history.Fetched(DoorOf(context).Remote?.ToString() ?? "", step, name);
    }
}
