using OsDeploy.Images;
using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console.Store;

/// <summary>What the lists of images show.</summary>
internal static class StoreColumns
{
    private const int ShownDigits = 8;

    public static IReadOnlyList<Column<VersionRow>> For(StoreDesk desk) => desk.Kind == ImageKind.Manual
        ?
        [
            new(Words.Store.ColName, row => row.Image, Most: 24, Least: 8),
            Version,
            Captured(desk),
            new(Words.Store.ColPartition, StoreText.PartitionOf, Most: 24, Least: 10),
            Size,
            State(desk),
            By,
        ]
        :
        [
            new(Words.Store.ColImage, row => row.Image, Most: 24, Least: 8),
            Version,
            Captured(desk),
            Size,
            new(Words.Store.ColNew, row => StoreText.SizeOf(desk.FreshBytesOf(row)), Most: 8, Least: 8, IsRight: true),
            State(desk),
            By,
        ];

    private static Column<VersionRow> Version => new(Words.Store.ColVersion, row => row.Version.Short[..ShownDigits], Most: ShownDigits, Least: ShownDigits);

    private static Column<VersionRow> Size => new(Words.Store.ColSize, row => StoreText.SizeOf(row.UsedBytes), Most: 8, Least: 8, IsRight: true);

    private static Column<VersionRow> By => new(Words.Store.ColBy, row => row.CapturedBy, Most: 15, Least: 5);

    private static Column<VersionRow> Captured(StoreDesk desk) => new(Words.Store.ColCaptured, row => Times.Of(row.CapturedAt, desk.Zone), Most: 16, Least: 16);

    private static Column<VersionRow> State(StoreDesk desk) => new(Words.Store.ColState, row => StoreText.StateOf(row, desk.Now), Most: 32, Least: 12);
}
