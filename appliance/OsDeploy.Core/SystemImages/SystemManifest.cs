using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace OsDeploy.SystemImages;

/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record SystemFile(string Name, long Size, string Sha256);

/// <summary>
/// What a version of the appliance's own system is made of, in the folder <c>osdeploy/ID</c> of its medium. Signed: what it says of its files is
/// believed, and everything else on the medium only by it.
/// </summary>
/// <param name="Version">For people: as <c>git describe</c> names it.</param>
/// <param name="Counter">Grows with every version. An appliance goes back to an older one only by the one it has kept.</param>
/// <param name="IsDevelopment">Signed with a key that was drawn on the computer that built it.</param>
/// <param name="Id">Of the folder.</param>
/// <param name="CommandLine">The kernel's, without where the system lies.</param>
/// <param name="Files">Those of <see cref="SystemFiles.Names"/>, in that order.</param>
public sealed partial record SystemManifest(int Format, string Version, long Counter, bool IsDevelopment, string Id, string CommandLine, IReadOnlyList<SystemFile> Files)
{
    public const string FileName = "manifest.json";
    public const int ThisFormat = 1;

    /// <summary>Bytes of its file.</summary>
    public const int MaxLength = 16 << 10;

    /// <summary>Of all files together: what a place for a system has room for.</summary>
    public const long MaxContent = 900L << 20;

    /// <returns>What it says, of which every part may stand in a boot script.</returns>
    /// <exception cref="FormatException">Anything else, or more.</exception>
    public static SystemManifest Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var manifest = json.Length <= MaxLength ? JsonSerializer.Deserialize(json, SystemManifestJson.Default.SystemManifest) : throw new FormatException("it is too long");
            return manifest is null ? throw new FormatException("it is null")
                : manifest.WhyWrong() is { } why ? throw new FormatException(why)
                : manifest;
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public byte[] ToBytes() =>
        WhyWrong() is { } why ? throw new FormatException(why) : [.. JsonSerializer.SerializeToUtf8Bytes(this, SystemManifestJson.Default.SystemManifest), (byte)'\n'];

    /// <summary>Letters that mean nothing to GRUB, to the kernel's command line or to a terminal.</summary>
    public static bool IsVersion(string text) => VersionText().IsMatch(text);

    public static bool IsId(string text) => IdText().IsMatch(text);

    private string? WhyWrong() =>
        Format != ThisFormat ? "its format is another one"
        : !IsVersion(Version) ? "its version has letters that it cannot have"
        : Counter <= 0 ? "its counter does not count"
        : !IsId(Id) ? "its id is none"
        : !LineText().IsMatch(CommandLine) ? "its command line has letters that it cannot have"
        : !Files.Select(file => file?.Name).SequenceEqual(SystemFiles.Names) ? "its files are not those of a system"
        : Files.Any(file => file.Size <= 0 || file.Size > MaxContent || !HashText().IsMatch(file.Sha256)) || Files.Sum(file => file.Size) > MaxContent ? "a file has no size or no hash that it could have"
        : null;

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._+~-]{0,59}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionText();

    [GeneratedRegex(@"^[0-9a-f]{16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdText();

    [GeneratedRegex(@"^[A-Za-z0-9._,:=/-]+(?: [A-Za-z0-9._,:=/-]+){0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LineText();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashText();
}

/// <summary>Strict: root acts upon it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    WriteIndented = true,
    NewLine = "\n",
    MaxDepth = 4)]
[JsonSerializable(typeof(SystemManifest))]
internal sealed partial class SystemManifestJson : JsonSerializerContext;
