using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
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
using OsDeploy.Cli.Demo;
using OsDeploy.Cli.Doctor;
using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Imaging;
using OsDeploy.Personalisation;
using OsDeploy.Templates;

namespace OsDeploy.Cli.Output;

/// <summary>What <c>--json</c> prints. Field names are a promise to scripts: add, never rename.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    Converters = [typeof(ChunkIdJson), typeof(VersionIdJson), typeof(ImageNameJson), typeof(ComputerNameJson), typeof(MacAddressJson), typeof(ContentIdJson)])]
[JsonSerializable(typeof(IReadOnlyList<DiskIdentity>))]
[JsonSerializable(typeof(DiskInspection))]
[JsonSerializable(typeof(CaptureReport))]
[JsonSerializable(typeof(RestoreReport))]
[JsonSerializable(typeof(EraseReport))]
[JsonSerializable(typeof(IReadOnlyList<PersonalChange>))]
[JsonSerializable(typeof(PruneReport))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(CopyReport))]
[JsonSerializable(typeof(IReadOnlyList<ListedVersion>))]
[JsonSerializable(typeof(NamedVersion))]
[JsonSerializable(typeof(DeletedVersion))]
[JsonSerializable(typeof(IReadOnlyList<DoctorCheck>))]
[JsonSerializable(typeof(DemoResult))]
[JsonSerializable(typeof(Deed))]
[JsonSerializable(typeof(SystemState))]
[JsonSerializable(typeof(LoggedIn))]
[JsonSerializable(typeof(Standing))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(NotificationSettings))]
[JsonSerializable(typeof(NotificationTest))]
[JsonSerializable(typeof(IReadOnlyList<HostView>))]
[JsonSerializable(typeof(HostView))]
[JsonSerializable(typeof(IReadOnlyList<PendingHost>))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(IReadOnlyList<RoomView>))]
[JsonSerializable(typeof(RoomView))]
[JsonSerializable(typeof(IReadOnlyList<ConfigurationView>))]
[JsonSerializable(typeof(ConfigurationView))]
[JsonSerializable(typeof(DeletedConfiguration))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(IReadOnlyList<BatchView>))]
[JsonSerializable(typeof(IReadOnlyList<JobView>))]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(IReadOnlyList<JobLogLine>))]
[JsonSerializable(typeof(IReadOnlyList<Operator>))]
[JsonSerializable(typeof(Operator))]
[JsonSerializable(typeof(IReadOnlyList<OperatorKey>))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(IReadOnlyList<Alarm>))]
[JsonSerializable(typeof(VersionComparison))]
[JsonSerializable(typeof(BootState))]
[JsonSerializable(typeof(BootSettingsView))]
[JsonSerializable(typeof(BootSettingsAnswer))]
[JsonSerializable(typeof(BootBuild))]
[JsonSerializable(typeof(IReadOnlyList<BootBuild>))]
[JsonSerializable(typeof(IReadOnlyList<BootRecord>))]
[JsonSerializable(typeof(IReadOnlyList<BootOutlook>))]
[JsonSerializable(typeof(IReadOnlyList<BootNext>))]
[JsonSerializable(typeof(JobSettings))]
[JsonSerializable(typeof(MulticastSettings))]
[JsonSerializable(typeof(CarouselView))]
[JsonSerializable(typeof(IReadOnlyList<CarouselView>))]
[JsonSerializable(typeof(RegistryReport))]
[JsonSerializable(typeof(JoinAccount))]
[JsonSerializable(typeof(RenameReport))]
[JsonSerializable(typeof(IReadOnlyList<JoinAccount>))]
[JsonSerializable(typeof(TemplateText))]
[JsonSerializable(typeof(IReadOnlyList<TemplateView>))]
[JsonSerializable(typeof(IReadOnlyList<TemplateRevision>))]
[JsonSerializable(typeof(IReadOnlyList<TemplateFault>))]
[JsonSerializable(typeof(AdditionView))]
[JsonSerializable(typeof(IReadOnlyList<AdditionView>))]
[JsonSerializable(typeof(IReadOnlyList<HostAddition>))]
[JsonSerializable(typeof(RestoreOutlook))]
[JsonSerializable(typeof(MergeReport))]
[JsonSerializable(typeof(StoreCopyReport))]
[JsonSerializable(typeof(School))]
[JsonSerializable(typeof(ApplianceSettingsView))]
internal sealed partial class CliJson : JsonSerializerContext
{
    public static void Write<T>(TextWriter writer, T value, JsonTypeInfo<T> type) =>
        writer.WriteLine(JsonSerializer.Serialize(value, type));
}
