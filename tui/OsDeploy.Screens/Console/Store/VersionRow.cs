using OsDeploy.Api.Appliance;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Store;

/// <summary>A version of an image, or a manual image, as the list shows it: still there, or deleted and able to come back.</summary>
internal sealed record VersionRow
{
    public required VersionId Version { get; init; }

    public required ImageKind Kind { get; init; }

    /// <summary>A question mark where a damaged manifest does not say.</summary>
    public required string Image { get; init; }

    public DateTimeOffset? CapturedAt { get; init; }

    /// <summary>Printable.</summary>
    public string CapturedBy { get; init; } = "";

    public bool IsCurrent { get; init; }

    public bool IsSigned { get; init; }

    public int DamagedChunks { get; init; }

    /// <summary>Null: not known.</summary>
    public long? UsedBytes { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<StoredPartition> Partitions { get; init; } = [];

    /// <summary>Name of the configuration whose image it is; empty: none is known.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>Until then it can come back; null: it is not deleted.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public bool IsDeleted => EndsAt is not null;

    /// <summary>As the command line names it.</summary>
    public string Name => $"{Image}@{Version.Short}";

    public static VersionRow Of(StoredVersion stored, string configuration) => new()
    {
        Version = stored.Entry.Version,
        Kind = stored.Entry.Kind,
        Image = stored.Entry.Image.ToString(),
        CapturedAt = stored.Entry.CapturedAt,
        CapturedBy = Printable.Of(stored.CapturedBy),
        IsCurrent = stored.Entry.IsCurrent,
        IsSigned = stored.Entry.IsSigned,
        DamagedChunks = stored.Entry.DamagedChunks,
        UsedBytes = stored.UsedBytes,
        Notes = stored.Notes,
        Partitions = stored.Partitions,
        Configuration = configuration,
    };

    public static VersionRow Of(DeletedVersion deleted) => new()
    {
        Version = deleted.Version,
        Kind = deleted.Kind,
        Image = deleted.Image?.ToString() ?? "?",
        CapturedAt = deleted.CapturedAt,
        EndsAt = deleted.EndsAt,
    };
}
