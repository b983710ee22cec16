using OsDeploy.Api.Accounts;
using OsDeploy.Chunks;

namespace OsDeploy.Api;

/// <summary>
/// The store by HTTP: every route, its body and its answer. Ids are 64 lower-case hexadecimal digits. A request that
/// fails is answered with <see cref="Problem"/>. Every request may be sent twice: an agent whose connection breaks
/// before the answer cannot know whether the first one was heard.
/// </summary>
public static class StoreApi
{
    /// <summary>Ids one <see cref="HasChunks"/> may ask for, and the most a <see cref="Commit"/> or <see cref="Check"/> lists.</summary>
    public const int MaxIds = 65_536;

    /// <summary>Captures one server keeps open at once.</summary>
    public const int MaxLeases = 256;

    /// <summary>Bytes of a manifest.</summary>
    public const int MaxManifest = 16 << 20;

    /// <summary>Bytes of an index object: 8 million chunks, 2 TiB used in chunks of 256 KiB.</summary>
    public const int MaxIndex = 256 << 20;

    /// <summary>Bytes of a signature.</summary>
    public const int MaxSignature = 4096;

    private const string Root = "/api/v1/store";
    private const int MaxJson = 64 << 10;

    // Bytes are base64 in JSON: four letters for three.
    private const int MaxCommit = ((MaxManifest + MaxSignature) / 3 * 4) + MaxJson;

    // Work that has no bound but the server's disk.
    private static readonly TimeSpan s_diskWork = TimeSpan.FromMinutes(30);

    // Work that reads or writes the whole store. The keep-alive probes of the connection notice a server that is gone.
    private static readonly TimeSpan s_storeWork = TimeSpan.FromHours(24);

    /// <summary>How often an agent renews its lease.</summary>
    public static TimeSpan HeartbeatEvery { get; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an agent goes on asking a server that does not answer.</summary>
    public static TimeSpan AgentGivesUpAfter { get; } = TimeSpan.FromMinutes(30);

    /// <summary>A lease without a heartbeat for this long is ended.</summary>
    public static TimeSpan LeaseLife { get; } = TimeSpan.FromHours(24);

    /// <summary>Bytes a server keeps back for its documents and logs: captures are refused before they take them.</summary>
    public const long Reserve = 2L << 30;

    /// <summary>Answers JSON <see cref="FreeSpace"/>.</summary>
    public static ApiRoute Space { get; } = new("GET", Root + "/space", 0, Access.AgentOr(Right.View));

    /// <summary>Answers every version as JSON <see cref="Images.VersionEntry"/>, newest first within an image.</summary>
    public static ApiRoute ListVersions { get; } = new("GET", Root + "/versions", 0, Access.AgentOr(Right.View)) { Patience = s_diskWork };

    /// <summary>Answers the manifest's bytes.</summary>
    public static ApiRoute ReadManifest { get; } = new("GET", Root + "/versions/{version}/manifest", 0, Access.AgentOr(Right.ReadImages));

    /// <summary>Answers the signature's bytes; 204 for an unsigned version.</summary>
    public static ApiRoute ReadSignature { get; } = new("GET", Root + "/versions/{version}/signature", 0, Access.AgentOr(Right.ReadImages));

    /// <summary>Makes a version the current one of its image: 204.</summary>
    public static ApiRoute SetCurrent { get; } = new("PUT", Root + "/versions/{version}/current", 0, Access.Of(Right.EditImages));

    /// <summary>Takes a version off the list; answers JSON <see cref="Quarantine"/>, also for one that was deleted before.</summary>
    public static ApiRoute DeleteVersion { get; } = new("DELETE", Root + "/versions/{version}", 0, Access.Of(Right.EditImages)) { Patience = s_diskWork };

    /// <summary>Puts a deleted version back on the list: 204, also for one that is there; 404 <c>version-gone</c>.</summary>
    public static ApiRoute UndeleteVersion { get; } = new("POST", Root + "/versions/{version}/undelete", 0, Access.Of(Right.EditImages));

    /// <summary>Answers the bytes of an index object.</summary>
    public static ApiRoute ReadIndex { get; } = new("GET", Root + "/indexes/{index}", 0, Access.AgentOr(Right.ReadImages)) { Patience = s_diskWork };

    /// <summary>
    /// Body: up to <see cref="MaxIds"/> chunk ids of 32 bytes each. Answers one byte per id, in order: 1 if the store
    /// has the chunk, else 0.
    /// </summary>
    public static ApiRoute HasChunks { get; } = new("POST", Root + "/chunks/has", (long)MaxIds * ChunkId.Size, Access.AgentOr(Right.ReadImages));

    /// <summary>Answers the stored frame, unchecked; 404 <c>store-chunk-missing</c>.</summary>
    public static ApiRoute ReadChunk { get; } = new("GET", Root + "/chunks/{chunk}", 0, Access.AgentOr(Right.ReadImages));

    /// <summary>
    /// Body: the chunk's zstd frame with its <c>Content-Length</c>. The server decodes and hashes it: 422
    /// <c>chunk-rejected</c> stores nothing. Answers 201 if it was added, 204 if it was there already.
    /// </summary>
    public static ApiRoute WriteChunk { get; } = new("PUT", Root + "/chunks/{chunk}", ChunkCodec.MaxFrameLength(ChunkCodec.MaxContentLength), Access.AgentOr(Right.EditImages));

    /// <summary>Says that the frame served was not the chunk; the store looks for itself: 204.</summary>
    public static ApiRoute ReportDamaged { get; } = new("POST", Root + "/chunks/{chunk}/damaged", 0, Access.AgentOr(Right.ReadImages));

    /// <summary>Makes every chunk written so far durable: 204.</summary>
    public static ApiRoute Flush { get; } = new("POST", Root + "/chunks/flush", 0, Access.AgentOr(Right.EditImages)) { Patience = s_diskWork };

    /// <summary>
    /// Begins a capture under a lease id the agent drew (a random GUID, 32 hexadecimal digits), or is its heartbeat:
    /// after a restart of the server the next heartbeat brings the lease back. Body: JSON <see cref="LeaseRequest"/>. 204.
    /// </summary>
    public static ApiRoute KeepLease { get; } = new("PUT", Root + "/leases/{lease}", MaxJson, Access.AgentOr(Right.EditImages));

    /// <summary>Body: the bytes of the index object of that hash: 204; 422 <c>index-rejected</c> if they are not.</summary>
    public static ApiRoute WriteIndex { get; } = new("PUT", Root + "/leases/{lease}/indexes/{index}", MaxIndex, Access.AgentOr(Right.EditImages)) { Patience = s_diskWork };

    /// <summary>
    /// Publishes a version and ends the lease. Body: JSON <see cref="CommitRequest"/>. 204; 409 <c>chunks-missing</c>
    /// with the first <see cref="MaxIds"/> ids the store lacks, which the agent writes and then commits again.
    /// </summary>
    public static ApiRoute Commit { get; } = new("POST", Root + "/leases/{lease}/commit", MaxCommit, Access.AgentOr(Right.EditImages)) { Patience = s_diskWork };

    /// <summary>Ends a capture without a version: 204, also for a lease that is not there.</summary>
    public static ApiRoute AbandonLease { get; } = new("DELETE", Root + "/leases/{lease}", 0, Access.AgentOr(Right.EditImages)) { Patience = TimeSpan.FromSeconds(5) };

    /// <summary>Body: JSON <see cref="Images.PruneOptions"/>. Answers JSON <see cref="Images.PruneReport"/>.</summary>
    public static ApiRoute Prune { get; } = new("POST", Root + "/prune", MaxJson, Access.Of(Right.Administer)) { Patience = s_storeWork };

    /// <summary>
    /// Body: JSON <see cref="CheckRequest"/>. Answers JSON <see cref="Images.Folder.CheckReport"/>, each of its lists cut after
    /// <see cref="MaxIds"/>.
    /// </summary>
    public static ApiRoute Check { get; } = new("POST", Root + "/check", MaxJson, Access.Of(Right.EditImages)) { Patience = s_storeWork };

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        Space, ListVersions, ReadManifest, ReadSignature, SetCurrent, DeleteVersion, UndeleteVersion, ReadIndex,
        HasChunks, ReadChunk, WriteChunk, ReportDamaged, Flush,
        KeepLease, WriteIndex, Commit, AbandonLease, Prune, Check,
    ];
}
