using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Disks;

namespace OsDeploy.Cli.Verbs;

internal sealed class DiskInspectVerb : Verb
{
    private readonly Argument<string> _disk = VerbOptions.Disk();
    private readonly Option<bool> _json = VerbOptions.Json();

    public DiskInspectVerb(Session session)
        : base(
            session,
            "inspect",
            "Show a disk's partitions, what a capture would store, and why it would be refused. Exit code 3 if it would.",
            "disk inspect /dev/sda",
            "disk inspect master.img --json")
    {
        Takes(_disk, _json);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var layout = await DiskInspector.InspectAsync(parsed.GetRequiredValue(_disk), cancel);
        var refusals = await CaptureChecks.FindAsync(layout, null, allowRaw: false, cancel);
        var partitions = new List<PartitionInspection>();
        foreach (var partition in layout.Partitions)
        {
            // The used map of a file system that cannot be captured as it is may be wrong, or its tool may refuse.
            var map = refusals.Count == 0 && UsedMap.Supports(partition.FileSystem)
                ? await UsedMap.ReadAsync(layout, partition, cancel)
                : null;
            partitions.Add(Describe(partition, map));
        }

        var inspection = new DiskInspection(layout.Disk, layout.Label, layout.Firmware, OsGuess.Of(layout), partitions,
            [.. refusals.Select(refusal => new Refusal(refusal.Code, refusal.Message, refusal.Hint))]);
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, inspection, CliJson.Default.DiskInspection);
        }
        else
        {
            InspectionText.Write(Terminal.Output, inspection);
        }

        return refusals.Count == 0 ? ExitCode.Done : ExitCode.DoneWithWarnings;
    }

    private static PartitionInspection Describe(PartitionLayout partition, UsedMapResult? map)
    {
        var (how, bytes) = partition switch
        {
            { IsContainer: true } => ("table only", 0L),
            { FileSystem: "swap" } => ("made anew", 0L),
            _ when UsedMap.Supports(partition.FileSystem) => ("used blocks", map?.Used.TotalLength),
            _ => ("every byte", (long?)partition.Length),
        };
        return new PartitionInspection(partition.Number, partition.Offset, partition.Length, partition.Type, partition.Uuid, partition.Name,
            partition.FileSystem, partition.FileSystemUuid, partition.FileSystemLabel, how, bytes, map?.LeftOut.Sum(file => file.Bytes) ?? 0);
    }
}
