using OsDeploy.Api.Appliance;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Store;

/// <summary>Versions, and what was found out about them, for people.</summary>
internal static class StoreText
{
    private const int MostLines = 8;

    /// <summary>A sign, for who sees no colours, and a word.</summary>
    /// <param name="now">The appliance's clock.</param>
    public static string StateOf(VersionRow row, DateTimeOffset now) => row switch
    {
        { EndsAt: { } end } => "x " + Language.Fill(Words.Store.StateDeleted, Math.Max(0, (int)Math.Ceiling((end - now).TotalHours))),
        { UsedBytes: null } => "! " + Words.Store.StateUnreadable,
        { DamagedChunks: > 0 } => "! " + Words.Store.StateDamaged,
        { IsCurrent: true } => "* " + Words.Store.StateCurrent,
        _ => "  " + Words.Store.StateOld,
    };

    /// <summary>What a manual image is of: <c>1.3 ntfs Windows</c>.</summary>
    public static string PartitionOf(VersionRow row) => row.Partitions.FirstOrDefault(partition => partition.UsedBytes > 0) is { } one ? TextOf(one) : "";

    public static string TextOf(StoredPartition partition) =>
        string.Join(' ', new[] { $"{partition.Disk}.{partition.Number}", Printable.Of(partition.FileSystem, 12), Printable.Of(partition.Label, 24) }.Where(part => part.Length > 0));

    public static string SizeOf(long? bytes) => bytes is { } known ? Sizes.Of(known) : "";

    public static IReadOnlyList<Fact> DetailsOf(VersionRow row, StoreDesk desk) => Fact.Of(
    [
        (Words.Store.FactVersion, InTwo(row.Version.ToString())),
        (Words.Store.FactConfiguration, row.Configuration),
        (Words.Store.FactCaptured, Times.Of(row.CapturedAt, desk.Zone)),
        (Words.Store.FactBy, row.CapturedBy),
        (Words.Store.FactSize, SizeOf(row.UsedBytes)),
        (Words.Store.FactNew, SizeOf(desk.FreshBytesOf(row))),
        (Words.Store.FactState, StateOf(row, desk.Now).Trim()),
        (Words.Store.FactEnds, Times.Of(row.EndsAt, desk.Zone)),
        (Words.Store.FactSigned, row.IsDeleted ? null : row.IsSigned ? Common.Yes : Common.No),
        .. row.Partitions.Select(partition => (Words.Store.FactPartition, (string?)$"{TextOf(partition)}, {Sizes.Of(partition.Bytes)}, {UseOf(partition)}")),
        .. row.Notes.Select(note => (Words.Store.FactNote, (string?)Printable.Of(note))),
    ]);

    public static string Of(VersionRow first, VersionRow second, VersionComparison comparison) => string.Join(
        '\n',
        [
            Language.Fill(Words.Store.CompareSame, Sizes.Of(comparison.Shared)),
            Language.Fill(Words.Store.CompareOnly, first.Name, Sizes.Of(comparison.OnlyFirst)),
            Language.Fill(Words.Store.CompareOnly, second.Name, Sizes.Of(comparison.OnlySecond)),
            .. comparison.Differences.Take(MostLines).Select(difference => "- " + Printable.Of(difference)),
        ]);

    /// <param name="isDone">False: what it would do.</param>
    public static string Of(PruneReport report, bool isDone)
    {
        List<string> lines = [Language.Fill(isDone ? Words.Store.PruneFreed : Words.Store.PruneFrees, Sizes.Of(report.BytesFreed), report.ChunksRemoved)];
        if (report.VersionsEnded.Count > 0)
        {
            lines.Add(Language.Fill(isDone ? Words.Store.PruneEnded : Words.Store.PruneEnds, string.Join(", ", report.VersionsEnded.Take(MostLines).Select(version => version.Short))));
        }

        lines.AddRange(report.KeptBecause.Take(MostLines).Select(reason => Language.Fill(Words.Store.PruneKept, Printable.Of(reason))));
        return string.Join('\n', lines);
    }

    public static string Of(CheckReport report)
    {
        List<string> lines =
        [
            Language.Fill(Words.Store.Checked, report.ChunksChecked, Sizes.Of(report.BytesRead)),
            report.IsClean ? Words.Store.CheckGood : Language.Fill(Words.Store.CheckBad, report.Damaged.Count, report.Missing.Count),
        ];
        lines.AddRange(report.Faults.Take(MostLines).Select(fault => "- " + Printable.Of(fault)));
        lines.AddRange(report.Affected.Take(MostLines).Select(version => Language.Fill(Words.Store.CheckAffected, $"{version.Image}@{version.Version.Short}")));
        return string.Join('\n', lines);
    }

    // All of it does not fit into one line.
    private static string InTwo(string digits) => digits.Insert(digits.Length / 2, " ");

    private static string UseOf(StoredPartition partition) => partition.Content switch
    {
        PartitionContent.Image => Language.Fill(Words.Store.UsedBlocks, Sizes.Of(partition.UsedBytes)),
        PartitionContent.Raw => Words.Store.EveryByte,
        PartitionContent.Leave => Words.Store.LeftAlone,
        PartitionContent.Container => Words.Store.TableOnly,
        _ => Words.Store.MadeAnew,
    };
}
