using OsDeploy.Images;

namespace OsDeploy.Cli.Output;

/// <summary>A version as <c>image list</c> shows it.</summary>
/// <param name="UsedBytes">Bytes in use on the captured disks; null if the version's manifest cannot be read.</param>
internal sealed record ListedVersion(
    ImageName Image,
    VersionId Version,
    DateTimeOffset CapturedAt,
    bool IsCurrent,
    bool IsSigned,
    int DamagedChunks,
    long? UsedBytes);
