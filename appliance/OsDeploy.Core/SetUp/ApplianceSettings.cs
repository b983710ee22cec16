using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Storage;
using OsDeploy.Text;

namespace OsDeploy.SetUp;

/// <summary>
/// What an appliance that was started from its medium must be told at every start: the system itself forgets. Kept on its volume, beside the
/// documents, because the system needs it before the daemon runs.
/// </summary>
/// <param name="Language">Of the screens on its own terminal.</param>
/// <param name="HostName">As <see cref="ComputerName"/>.</param>
/// <param name="TimeZone">As the zone database names it.</param>
/// <param name="Keyboard">Of its own screen; null: as the menu of its medium says.</param>
public sealed record ApplianceSettings(string Language, string HostName, string TimeZone, NetworkSettings Network, string? Keyboard = null)
{
    /// <summary>Those that the medium's menu has as well.</summary>
    public static readonly IReadOnlyList<string> Keyboards = ["us", "uk", "de", "ch", "fr"];

    private const string FileName = "appliance.json";
    private const int MaxBytes = 16 << 10;
    private const int MaxZone = 64;

    private static readonly string[] s_languages = ["en", "de", "fr"];

    /// <returns>Null: there are none.</returns>
    /// <param name="folder">Where the volume is mounted.</param>
    /// <exception cref="UserErrorException"><c>appliance-settings</c>, and those of <see cref="Checked"/></exception>
    public static ApplianceSettings? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            var content = new FileInfo(path) is { Length: <= MaxBytes } ? File.ReadAllBytes(path) : throw SetUpErrors.Settings(path);
            return (JsonSerializer.Deserialize(content, SetUpJson.Default.ApplianceSettings) ?? throw SetUpErrors.Settings(path)).Checked();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw SetUpErrors.Settings(path, e);
        }
    }

    /// <summary>Commit point: the rename of the file.</summary>
    public void Write(string folder) =>
        DurableFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(Checked(), SetUpJson.Default.ApplianceSettings), overwrite: true);

    /// <returns>These settings, of which every part may stand in a configuration.</returns>
    /// <exception cref="UserErrorException"><c>appliance-language</c>, <c>appliance-name</c>, <c>time-zone</c>, and those of the network.</exception>
    public ApplianceSettings Checked()
    {
        if (!s_languages.Contains(Language))
        {
            throw SetUpErrors.Language(Language);
        }

        if (Keyboard is not null && !Keyboards.Contains(Keyboard))
        {
            throw SetUpErrors.Keyboard(Keyboard);
        }

        return this with { HostName = CheckedName(HostName), TimeZone = CheckedZone(TimeZone), Network = Network.Checked() };
    }

    /// <exception cref="UserErrorException"><c>appliance-name</c></exception>
    public static string CheckedName(string name) => ComputerName.TryParse(name, out _) ? name : throw SetUpErrors.HostName(name);

    /// <summary>Looks at the letters alone: whether there is such a zone is known where its file lies.</summary>
    /// <exception cref="UserErrorException"><c>time-zone</c></exception>
    public static string CheckedZone(string zone) => IsZone(zone) ? zone : throw SetUpErrors.TimeZone(zone);

    /// <summary><c>Europe/Berlin</c>: no dots, so that it leads nowhere but into the zone database.</summary>
    public static bool IsZone(string zone) => zone.Length is > 0 and <= MaxZone
        && zone.Split('/') is { Length: <= 3 } parts && parts.All(part => part.Length > 0 && char.IsAsciiLetter(part[0]) && part.All(IsOfZone));

    private static bool IsOfZone(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '+' or '-';
}

/// <summary>Strict: root acts upon it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true,
    WriteIndented = true,
    MaxDepth = 4)]
[JsonSerializable(typeof(ApplianceSettings))]
[JsonSerializable(typeof(FirstSettings))]
internal sealed partial class SetUpJson : JsonSerializerContext;
