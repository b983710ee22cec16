using System.Text.Json.Serialization;
using OsDeploy.Api.Appliance;
using OsDeploy.Text;

namespace OsDeploy.Api.Helper;

/// <summary>What the helper says to a request. The three texts are there unless it is ok.</summary>
/// <param name="Data">What was asked for, with requests that ask for something.</param>
/// <param name="Disks">The same, with <see cref="DataDisksRequest"/>.</param>
/// <param name="System">The same, with <see cref="SystemStateRequest"/>.</param>
/// <param name="Health">The same, with <see cref="DiskHealthRequest"/>.</param>
public sealed record HelperAnswer(
    bool Ok, string? Code = null, string? Message = null, string? Hint = null, string? Data = null, IReadOnlyList<DataDisk>? Disks = null, SystemState? System = null, IReadOnlyList<DiskHealth>? Health = null)
{
    // JSON needs up to 6 bytes for a UTF-16 unit; two such texts and the code fit in a line.
    private const int MaxText = 300;
    private const int MaxCode = 40;

    private const int MaxData = 500;

    // So many disks, each with all its texts as long as they may be, fit in an answer's line.
    private const int MaxDisks = 16;
    private const int MaxHolds = 6;
    private const int MaxName = 60;

    public static HelperAnswer Done { get; } = new(true);

    /// <param name="data">Lines; each is made printable.</param>
    public static HelperAnswer Told(string data) =>
        new(true, Data: Cut(string.Join('\n', data.Split('\n').Select(line => Printable.Of(line, MaxText)))));

    /// <param name="disks">In the order in which they are offered. Beyond a number the rest is left out; their texts are made printable.</param>
    public static HelperAnswer Listed(IEnumerable<DataDisk> disks) => new(true, Disks: [.. disks.Take(MaxDisks).Select(Shown)]);

    /// <param name="state">Its texts are made printable.</param>
    public static HelperAnswer Of(SystemState state) => new(true, System: state with
    {
        Work = state.Work is { } work ? work with { Message = Printable.Of(work.Message, MaxText), Hint = Printable.Of(work.Hint, MaxText) } : null,
    });

    /// <param name="disks">As above.</param>
    public static HelperAnswer Healthy(IEnumerable<DiskHealth> disks) =>
        new(true, Health: [.. disks.Take(MaxDisks).Select(disk => disk with { Name = Printable.Of(disk.Name, MaxName), Model = Printable.Of(disk.Model, MaxName) })]);

    // Path and serial are compared with the disk's own later: what does not come through as it is makes a disk that cannot be chosen.
    private static DataDisk Shown(DataDisk disk) => disk with
    {
        Path = Printable.Of(disk.Path, MaxName),
        Name = Printable.Of(disk.Name, MaxName),
        Model = Printable.Of(disk.Model, MaxName),
        Serial = Printable.Of(disk.Serial, MaxName),
        Holds = [.. disk.Holds.Take(MaxHolds).Select(line => Printable.Of(line, MaxName))],
    };

    private static string Cut(string text) => text.Length > MaxData ? text[..MaxData] : text;

    public static HelperAnswer Refused(UserErrorException error) =>
        new(false, Printable.Of(error.Code, MaxCode), Printable.Of(error.Message, MaxText), Printable.Of(error.Hint, MaxText));
}

/// <summary>JSON between the daemon and the helper: strict, because it is root that reads it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 4)]
[JsonSerializable(typeof(HelperRequest))]
[JsonSerializable(typeof(HelperAnswer))]
internal sealed partial class HelperJson : JsonSerializerContext;
