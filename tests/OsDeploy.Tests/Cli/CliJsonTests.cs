using System.Text.Json;
using OsDeploy.Chunks;
using OsDeploy.Cli.Output;
using OsDeploy.Images;
using OsDeploy.Imaging;
using Xunit;

namespace OsDeploy.Tests.Cli;

/// <summary>Scripts read these names: one may be added, none may change.</summary>
public sealed class CliJsonTests
{
    private static readonly VersionId s_version = new(ChunkId.Parse(new string('a', 64)));

    [Fact]
    public void A_capture_report_keeps_its_field_names() => Assert.Equal(
        ["version", "image", "usedBytes", "zeroBytes", "leftOutBytes", "chunks", "newChunks", "storedBytes", "warnings", "phases"],
        NamesOf(JsonSerializer.SerializeToElement(new CaptureReport(s_version, "lab", 1, 2, 3, 4, 5, 6, [], []), CliJson.Default.CaptureReport)));

    [Fact]
    public void A_restore_report_keeps_its_field_names() => Assert.Equal(
        ["version", "image", "usedBytes", "comparedBytes", "equalBytes", "fetchedBytes", "writtenBytes", "verifiedBytes", "warnings", "phases"],
        NamesOf(JsonSerializer.SerializeToElement(new RestoreReport(s_version, "lab", 1, 2, 3, 4, 5, 6, [], []), CliJson.Default.RestoreReport)));

    [Fact]
    public void A_phase_has_name_seconds_and_bytes()
    {
        var report = new CaptureReport(s_version, "lab", 1, 2, 3, 4, 5, 6, [], [new PhaseTime("capture", 1.5, 7)]);

        var phase = JsonSerializer.SerializeToElement(report, CliJson.Default.CaptureReport).GetProperty("phases")[0];

        Assert.Equal("""{"name":"capture","seconds":1.5,"bytes":7}""", JsonSerializer.Serialize(phase));
    }

    [Fact]
    public void Versions_and_names_are_plain_strings()
    {
        var listed = new ListedVersion(ImageName.Parse("lab"), s_version, DateTimeOffset.UnixEpoch, IsCurrent: true, IsSigned: false, DamagedChunks: 0, UsedBytes: null);

        var json = JsonSerializer.SerializeToElement<IReadOnlyList<ListedVersion>>([listed], CliJson.Default.IReadOnlyListListedVersion)[0];

        Assert.Equal("lab", json.GetProperty("image").GetString());
        Assert.Equal(s_version.ToString(), json.GetProperty("version").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("usedBytes").ValueKind);
    }

    private static IEnumerable<string> NamesOf(JsonElement json) => json.EnumerateObject().Select(property => property.Name);
}
