using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Server;

/// <summary>Every sentence of the server that an operator can read.</summary>
internal static class Errors
{
    public static UserErrorException ChunkRejected(ChunkId id) => new(
        "chunk-rejected",
        $"The server refused chunk {id}: what arrived is not that chunk.",
        "Bytes changed on the way: run memtest86+ on this computer and look at its network card, then capture again.");

    public static UserErrorException IndexRejected(ChunkId id) => new(
        "index-rejected",
        $"The server refused index object {id}: what arrived is not that object.",
        "Bytes changed on the way: run memtest86+ on this computer and look at its network card, then capture again.");

    public static UserErrorException ChunksMissing(int count) => new(
        "chunks-missing",
        string.Create(CultureInfo.InvariantCulture, $"The version needs {count} chunks that the server does not have."),
        "The capture writes them again by itself; if it ended here, start it again: what was stored is reused.");

    public static UserErrorException LeaseUnknown() => new(
        "lease-unknown",
        "The server knows no such capture: it was ended, or the server was restarted.",
        "Start the capture again: what was stored is reused.");

    public static UserErrorException TooManyCaptures() => new(
        "too-many-captures",
        string.Create(CultureInfo.InvariantCulture, $"The server already keeps {StoreApi.MaxLeases} captures open."),
        "Wait until one of them ends; captures that nobody works on end after 24 hours, or at once with `osdeploy image prune --now`.");

    public static UserErrorException ServerFault(Exception cause) => new(
        "server-fault",
        $"The server failed at this request: {Printable.Of(cause.Message)}",
        "Read the server's log (`journalctl -u osdeployd`) and look at the disk of its store, then run the same command again.",
        cause);

    public static UserErrorException RouteUnknown() => new(
        "route-missing", "The appliance has no such address.", "Bring the program and the appliance to the same version of osdeploy.");

    public static UserErrorException TooManySubscribers() => new(
        "too-many-subscribers", "Too many programs follow the appliance's events already.", "Close consoles that nobody uses.");

    public static UserErrorException ManifestUnreadable(VersionId version, Exception? cause) => new(
        "version-damaged", $"{version.Short} cannot be read: {Printable.Of(cause?.Message)}", "Capture the image again.", cause);

    public static UserErrorException AlarmMissing() => new(
        "alarm-missing", "There is no such alarm any more.", "`osdeploy alarm list` shows those there are.");

    public static UserErrorException StoreInUse(string host) => new(
        "store-in-use", $"{Printable.Of(host)} is being restored from this store.", "Prune when no host works; `osdeploy job list --active` shows who does.");

    public static UserErrorException VersionInUse(string host) => new(
        "version-in-use", $"A job of {Printable.Of(host)} needs this version.", "Cancel the job or wait until it has ended.");

    public static UserErrorException UploadBusy() => new(
        "system-upload-busy", "A new system is being sent already.", "Wait until it has arrived, or end that program.");

    public static UserErrorException UploadNoRoom(long bytes, long free) => new(
        "system-upload-no-room",
        $"The appliance's volume has no room for the new system: {Sizes.Of(bytes)} are to come, {Sizes.Of(free)} are free.",
        "Delete images that nobody needs and run `osdeploy image prune`, or update from a stick: `osdeploy system update --medium`.");

    public static UserErrorException UploadNotKept(Exception cause) => new(
        "system-upload-not-kept",
        $"The new system could not be kept: {Printable.Of(cause.Message)}.",
        "Look whether the disk is full (`osdeploy status`), and send it again.",
        cause);

    public static UserErrorException NotLoggedIn() => new(
        "not-logged-in", "Nobody is logged in, or the session has ended.", "Log in with `osdeploy login`.");

    public static UserErrorException NotAllowed() => new(
        "not-allowed", "This account may not do that.", "Ask an administrator, or log in with another account.");

    public static UserErrorException ChangedMeanwhile() => new(
        "changed-meanwhile", "Somebody else changed it at the same moment; nothing of yours was kept.", "Look at it again, then repeat your change.");

    public static UserErrorException RequestMalformed(string what, Exception? cause = null) => new(
        "request-malformed",
        $"The server did not understand the request: {Printable.Of(what)}.",
        "Bring the agent and the server to the same version of osdeploy.",
        cause);

    public static UserErrorException RequestTooLarge() => new(
        "request-too-large",
        "The request carries more than the server takes.",
        "Bring the agent and the server to the same version of osdeploy.");

    public static UserErrorException RequestTooSlow() => new(
        "request-too-slow",
        "The request came too slowly and was dropped.",
        "Look at the network between this computer and the server (cable, switch port, duplex).");
}
