using System.Text.Json.Serialization;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Health;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Api.Moving;
using OsDeploy.Api.Notifications;
using OsDeploy.Api.Personal;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Personalisation;
using OsDeploy.SetUp;
using OsDeploy.Text;

namespace OsDeploy.Api;

/// <param name="Image">Checked against the grammar of <see cref="ImageName"/> when it is read.</param>
public sealed record LeaseRequest(ImageKind Kind, ImageName Image);

/// <param name="Signature">Null for an unsigned version.</param>
public sealed record CommitRequest(byte[] Manifest, bool MakeCurrent, byte[]? Signature = null);

/// <param name="Only">Null: everything.</param>
public sealed record CheckRequest(VersionId? Only = null);

/// <param name="EndsAt">Until then the chunks of a deleted version stay.</param>
public sealed record Quarantine(DateTimeOffset EndsAt);

/// <param name="Bytes">What captures may still add; the server's own reserve is not in it.</param>
public sealed record FreeSpace(long Bytes);

/// <summary>An answer that is not a success (RFC 9457, <c>application/problem+json</c>).</summary>
/// <param name="Title">The words of the HTTP status.</param>
/// <param name="Detail">What cannot be done and why: the message of a <see cref="UserErrorException"/>.</param>
/// <param name="Missing">Only with <c>chunks-missing</c>.</param>
public sealed record Problem(int Status, string Title, string Detail, string Code, string Hint, IReadOnlyList<ChunkId>? Missing = null)
{
    public const string MediaType = "application/problem+json";
}

/// <summary>
/// JSON of the API. Fields it does not know are ignored, so that an agent and a server of neighbouring versions understand each other. What is
/// null is written: a reader takes a missing parameter without a default for a damaged request.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(ChunkIdJson), typeof(VersionIdJson), typeof(ImageNameJson), typeof(ComputerNameJson), typeof(MacAddressJson), typeof(ContentIdJson)])]
[JsonSerializable(typeof(SystemState))]
[JsonSerializable(typeof(SystemUpdateOrder))]
[JsonSerializable(typeof(SystemUpload))]
[JsonSerializable(typeof(SystemFallbackOrder))]
[JsonSerializable(typeof(IReadOnlyList<CarouselView>))]
[JsonSerializable(typeof(ApplianceSettingsView))]
[JsonSerializable(typeof(ApplianceSettings))]
[JsonSerializable(typeof(GrownVolume))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(NotificationSettings))]
[JsonSerializable(typeof(NotificationTest))]
[JsonSerializable(typeof(CarouselJoin))]
[JsonSerializable(typeof(CarouselTicket))]
[JsonSerializable(typeof(CarouselReport))]
[JsonSerializable(typeof(CarouselOrders))]
[JsonSerializable(typeof(MulticastSettings))]
[JsonSerializable(typeof(BackupOrder))]
[JsonSerializable(typeof(StagedBackup))]
[JsonSerializable(typeof(RestoreOrder))]
[JsonSerializable(typeof(RestoreOutlook))]
[JsonSerializable(typeof(MergeOrder))]
[JsonSerializable(typeof(MergeReport))]
[JsonSerializable(typeof(LeaseRequest))]
[JsonSerializable(typeof(CommitRequest))]
[JsonSerializable(typeof(CheckRequest))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(Quarantine))]
[JsonSerializable(typeof(FreeSpace))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PruneOptions))]
[JsonSerializable(typeof(PruneReport))]
[JsonSerializable(typeof(IReadOnlyList<VersionEntry>))]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(HelloAnswer))]
[JsonSerializable(typeof(Poll))]
[JsonSerializable(typeof(Orders))]
[JsonSerializable(typeof(JobReport))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(MachineFacts))]
[JsonSerializable(typeof(OwnRestore))]
[JsonSerializable(typeof(SecretsRequest))]
[JsonSerializable(typeof(PersonalSecrets))]
[JsonSerializable(typeof(JoinAccount))]
[JsonSerializable(typeof(JoinAccountChange))]
[JsonSerializable(typeof(IReadOnlyList<JoinAccount>))]
[JsonSerializable(typeof(OfflineJoin))]
[JsonSerializable(typeof(OfflineJoinFile))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(Operator))]
[JsonSerializable(typeof(NewOperator))]
[JsonSerializable(typeof(OperatorChange))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(NewOperatorKey))]
[JsonSerializable(typeof(LocalLogin))]
[JsonSerializable(typeof(LocalCheck))]
[JsonSerializable(typeof(LocalShell))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(AuditLine))]
[JsonSerializable(typeof(IReadOnlyList<Operator>))]
[JsonSerializable(typeof(Host))]
[JsonSerializable(typeof(HostView))]
[JsonSerializable(typeof(NewHosts))]
[JsonSerializable(typeof(HostChange))]
[JsonSerializable(typeof(PendingHost))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(HostImport))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(Room))]
[JsonSerializable(typeof(RoomView))]
[JsonSerializable(typeof(NewRoom))]
[JsonSerializable(typeof(RoomChange))]
[JsonSerializable(typeof(RoomRename))]
[JsonSerializable(typeof(RenameReport))]
[JsonSerializable(typeof(IReadOnlyList<HostView>))]
[JsonSerializable(typeof(IReadOnlyList<HeardComputer>))]
[JsonSerializable(typeof(IReadOnlyList<ComputerName>))]
[JsonSerializable(typeof(IReadOnlyList<PendingHost>))]
[JsonSerializable(typeof(IReadOnlyList<RoomView>))]
[JsonSerializable(typeof(Configuration))]
[JsonSerializable(typeof(ConfigurationView))]
[JsonSerializable(typeof(NewConfiguration))]
[JsonSerializable(typeof(ConfigurationChange))]
[JsonSerializable(typeof(MasterChange))]
[JsonSerializable(typeof(DeletedConfiguration))]
[JsonSerializable(typeof(IReadOnlyList<ConfigurationView>))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(BatchView))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(DiskChoice))]
[JsonSerializable(typeof(Pairing))]
[JsonSerializable(typeof(JobLogLine))]
[JsonSerializable(typeof(IReadOnlyList<JobView>))]
[JsonSerializable(typeof(IReadOnlyList<BatchView>))]
[JsonSerializable(typeof(IReadOnlyList<JobPulse>))]
[JsonSerializable(typeof(IReadOnlyList<JobLogLine>))]
[JsonSerializable(typeof(About))]
[JsonSerializable(typeof(ApplianceStatus))]
[JsonSerializable(typeof(Alarm))]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(VersionComparison))]
[JsonSerializable(typeof(IReadOnlyList<StoredVersion>))]
[JsonSerializable(typeof(IReadOnlyList<DeletedVersion>))]
[JsonSerializable(typeof(VersionWeight))]
[JsonSerializable(typeof(PowerOrder))]
[JsonSerializable(typeof(ClockSetting))]
[JsonSerializable(typeof(BootState))]
[JsonSerializable(typeof(BootSettingsView))]
[JsonSerializable(typeof(BootSettingsChange))]
[JsonSerializable(typeof(BootSettingsAnswer))]
[JsonSerializable(typeof(BootBuild))]
[JsonSerializable(typeof(NewBootBuild))]
[JsonSerializable(typeof(BootBuildChoice))]
[JsonSerializable(typeof(BootRecord))]
[JsonSerializable(typeof(IReadOnlyList<BootBuild>))]
[JsonSerializable(typeof(IReadOnlyList<BootRecord>))]
[JsonSerializable(typeof(IReadOnlyList<BootOutlook>))]
[JsonSerializable(typeof(JobSettings))]
[JsonSerializable(typeof(Personality))]
[JsonSerializable(typeof(TemplateText))]
[JsonSerializable(typeof(TemplateChange))]
[JsonSerializable(typeof(TemplateRestore))]
[JsonSerializable(typeof(School))]
[JsonSerializable(typeof(Addition))]
[JsonSerializable(typeof(AdditionView))]
[JsonSerializable(typeof(NewAdditions))]
[JsonSerializable(typeof(AdditionChange))]
[JsonSerializable(typeof(StoredContent))]
[JsonSerializable(typeof(IReadOnlyList<TemplateView>))]
[JsonSerializable(typeof(IReadOnlyList<TemplateRevision>))]
[JsonSerializable(typeof(IReadOnlyList<AdditionView>))]
[JsonSerializable(typeof(IReadOnlyList<HostAddition>))]
[JsonSerializable(typeof(BootNextChange))]
[JsonSerializable(typeof(IReadOnlyList<BootNext>))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
public sealed partial class ApiJson : JsonSerializerContext;
