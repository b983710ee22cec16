using OsDeploy.Api.Configurations;
using OsDeploy.Personalisation;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Api.Personal;

/// <summary>A file that hosts get besides their image.</summary>
public sealed record Addition
{
    public required string Id { get; init; }

    /// <summary>Smaller numbers take effect first.</summary>
    public int Order { get; init; } = UsualOrder;

    public required PersonalFileKind Kind { get; init; }

    /// <summary>Relative, with slashes: where it goes below the place of its kind.</summary>
    public required string Path { get; init; }

    public required ContentId Content { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>With <see cref="Number"/>: for this partition only; null: for each that can take it.</summary>
    public int? Disk { get; init; }

    public int? Number { get; init; }

    public Selector For { get; init; } = new();

    /// <summary>What whoever added it should think about; null: nothing.</summary>
    public string? Warning { get; init; }

    public required string ChangedBy { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public const int UsualOrder = 100;
    public const int MaxOrder = 9999;
    public const int MaxPath = 240;
}

/// <summary>Which hosts. All that is given must hold; nothing given: every host.</summary>
/// <param name="Configuration">Name of one.</param>
/// <param name="Room">Name of one.</param>
/// <param name="Names">Pattern of host names: <c>r101-pc0?</c>, <c>lib*</c>.</param>
/// <param name="Host">Name of one.</param>
/// <param name="Os">The host has this system; only its partitions get the file.</param>
/// <param name="Join">The host has a system that joins so; only its partitions get the file.</param>
/// <param name="Vendor">Pattern of what the computer says of its maker.</param>
/// <param name="Model">Pattern of what it says of its model.</param>
public sealed record Selector(
    string? Configuration = null, string? Room = null, string? Names = null, string? Host = null, OperatingSystem? Os = null, JoinMode? Join = null, string? Vendor = null, string? Model = null);

public sealed record AdditionView(Addition Addition, long Rev);

/// <param name="Disk">With <paramref name="Number"/>; null: each partition that can take it.</param>
public sealed record NewAddition(PersonalFileKind Kind, string Path, ContentId Content, int Order = Addition.UsualOrder, int? Disk = null, int? Number = null, Selector? For = null);

/// <summary>Additions to make. All or none.</summary>
public sealed record NewAdditions(IReadOnlyList<NewAddition> Additions);

/// <summary>Null leaves a value as it is.</summary>
/// <param name="For">Replaces all that was said before.</param>
/// <param name="AnyPartition">For no certain partition any more.</param>
public sealed record AdditionChange(
    string? Path = null, ContentId? Content = null, int? Order = null, int? Disk = null, int? Number = null, bool AnyPartition = false, Selector? For = null, long? Rev = null);

/// <summary>An addition that a host would get.</summary>
/// <param name="ReplacedBy">Id of a later one with the same kind and path, which it gets instead; null: it gets this.</param>
public sealed record HostAddition(Addition Addition, string? ReplacedBy);

/// <param name="Size">Bytes.</param>
public sealed record StoredContent(ContentId Content, long Size);
