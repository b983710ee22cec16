using OsDeploy.Api.Configurations;
using OsDeploy.Images;

namespace OsDeploy.Api.Agents;

/// <summary>What a computer shows of itself: to nobody's secret, and about no other computer.</summary>
/// <param name="Appliance">Name of the appliance.</param>
/// <param name="Address">Where the appliance hears this computer.</param>
/// <param name="Pending">Id under which it waits to be registered; null: it is registered.</param>
/// <param name="Name">Of the host; null while pending.</param>
/// <param name="Master">Name of the host whose disks its configuration captures; null: none is named.</param>
/// <param name="MayRestore">Whoever sits here may restore it without an account (<see cref="Configuration.OpenRestore"/>).</param>
/// <param name="Image">The version a restore would take; null: there is none, or its store does not answer.</param>
/// <param name="Partitions">What becomes of them, the host's own values over those of its configuration. Without product ids.</param>
public sealed record MachineFacts(
    string Appliance,
    string Address,
    string? Pending,
    string? Name,
    string? Room,
    string? Configuration,
    string? Master,
    bool IsMaster,
    bool MayRestore,
    ImageFacts? Image,
    IReadOnlyList<PartitionPlan> Partitions);

public sealed record ImageFacts(ImageName Image, VersionId Version, DateTimeOffset CapturedAt, IReadOnlyList<ImagePartition> Partitions);

/// <param name="Disk">1 is the first disk of the image.</param>
/// <param name="Length">Bytes.</param>
/// <param name="UsedBytes">What the image holds of it.</param>
public sealed record ImagePartition(int Disk, int Number, long Length, PartitionContent Content, string? FileSystem, string? Label, long UsedBytes);

/// <param name="Request">Drawn by whoever asks (32 hexadecimal digits): asking twice starts once.</param>
public sealed record OwnRestore(string Request);
