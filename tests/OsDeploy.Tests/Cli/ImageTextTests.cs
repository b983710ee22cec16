using OsDeploy.Chunks;
using OsDeploy.Cli.Output;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class ImageTextTests
{
    [Fact]
    public void A_prune_names_every_version_that_is_lost()
    {
        var (first, second) = (Version('a'), Version('b'));

        Assert.Equal(
            $"Prune would free 3.00 MiB: 12 chunks that nothing needs; 7 chunks stay.\nThe deleted version {first.Short} would be lost for good.\n"
                + $"The deleted version {second.Short} would be lost for good.\n",
            PruneText(new PruneReport(12, 3 << 20, 7, [first, second], []), isDryRun: true));
    }

    [Fact]
    public void Room_without_chunks_is_what_captures_left() => Assert.Equal(
        "Prune freed 8.24 MiB: what interrupted captures left; 7 chunks stay.\n",
        PruneText(new PruneReport(0, 8_640_266, 7, [], []), isDryRun: false));

    [Fact]
    public void Nothing_to_prune_is_no_room_and_no_chunks() => Assert.Equal(
        "Prune freed 0 B: 0 chunks that nothing needs; 7 chunks stay.\n",
        PruneText(new PruneReport(0, 0, 7, [], []), isDryRun: false));

    private static VersionId Version(char digit) => new(ChunkId.Parse(new string(digit, 64)));

    private static string PruneText(PruneReport report, bool isDryRun)
    {
        using var writer = new StringWriter();
        ImageText.WritePrune(writer, report, isDryRun);
        return writer.ToString();
    }
}
