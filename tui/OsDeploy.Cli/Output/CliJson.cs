using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OsDeploy.Cli.Demo;
using OsDeploy.Cli.Doctor;
using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Imaging;

namespace OsDeploy.Cli.Output;

/// <summary>What <c>--json</c> prints. Field names are a promise to scripts: add, never rename.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    Converters = [typeof(ChunkIdJson), typeof(VersionIdJson), typeof(ImageNameJson)])]
[JsonSerializable(typeof(IReadOnlyList<DiskIdentity>))]
[JsonSerializable(typeof(DiskInspection))]
[JsonSerializable(typeof(CaptureReport))]
[JsonSerializable(typeof(RestoreReport))]
[JsonSerializable(typeof(EraseReport))]
[JsonSerializable(typeof(PruneReport))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(CopyReport))]
[JsonSerializable(typeof(IReadOnlyList<ListedVersion>))]
[JsonSerializable(typeof(NamedVersion))]
[JsonSerializable(typeof(DeletedVersion))]
[JsonSerializable(typeof(IReadOnlyList<DoctorCheck>))]
[JsonSerializable(typeof(DemoResult))]
internal sealed partial class CliJson : JsonSerializerContext
{
    public static void Write<T>(TextWriter writer, T value, JsonTypeInfo<T> type) =>
        writer.WriteLine(JsonSerializer.Serialize(value, type));
}
