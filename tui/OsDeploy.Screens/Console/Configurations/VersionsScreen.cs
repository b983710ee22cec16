using OsDeploy.Images;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>The versions of one image, newest first. What they weigh comes in one after the other.</summary>
internal sealed class VersionsScreen : ListScreen<VersionRow>
{
    private readonly ImageName _image;
    private readonly VersionList _versions;
    private readonly Later _later;

    public VersionsScreen(Workplace workplace, ImageKind kind, ImageName image)
        : base(workplace, Columns(workplace), row => row.Id)
    {
        (_image, _versions) = (image, new VersionList(workplace.Context, kind, image));
        _later = new Later(workplace, () => Show(workplace.Now));
    }

    public override string Heading => Language.Fill(Words.Configurations.VersionsTitle, _image);

    public override string Help => Words.Configurations.VersionsHelp;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F2, Words.Configurations.MakeCurrent, () => Dialogs.Ask(VersionActions.MakeCurrent(Workplace.Context, List.Selected!.Entry)), WhyNothing),
        new(Key.F3, Words.Configurations.ActionCompare, Compare, WhyNotCompared),
        new(Key.F7, Words.Configurations.Undelete, Undelete),
        new(Key.F8, Words.Actions.ActionDelete, Delete, WhyNothing),
    ];

    public override void Enter()
    {
        base.Enter();
        _later.Begin(ReadAsync);
    }

    protected override IReadOnlyList<VersionRow> RowsOf(Snapshot now)
    {
        _versions.Update(now);
        return [.. _versions.Rows.Where(row => $"{row.Short} {row.By} {row.Remarks}".Contains(Filter, StringComparison.OrdinalIgnoreCase))];
    }

    private static IReadOnlyList<Column<VersionRow>> Columns(Workplace at) =>
    [
        new("", row => row.Entry.IsCurrent ? "*" : " ", 1, 1),
        new(Words.Configurations.ColumnDate, row => Times.Of(row.Entry.CapturedAt, at.Dialogs.Time.LocalTimeZone), 16, 10),
        new(Words.Configurations.ColumnVersion, row => row.Short, 12, 6),
        new(Words.Configurations.ColumnSize, row => row.Size, 10, 6, IsRight: true),
        new(Words.Configurations.ColumnNew, row => row.New, 10, 6, IsRight: true),
        new(Words.Actions.ColumnBy, row => row.By, 20, 6),
        new(Words.Configurations.ColumnRemarks, row => row.Remarks, 120, 8),
    ];

    private VersionRow? Current => _versions.Rows.FirstOrDefault(row => row.Entry.IsCurrent);

    private string? WhyNothing() => List.Selected is null ? Words.Configurations.NothingChosen : null;

    private string? WhyNotCompared() => WhyNothing() ?? (Current is null || Current.Id == List.Selected!.Id ? Words.Configurations.NothingToCompare : null);

    private async Task ReadAsync(CancellationToken cancel)
    {
        await _versions.ReadAsync(cancel);
        _later.ShowNow();
        await _versions.WeighAsync(_later.ShowNow, cancel);
    }

    private void Compare()
    {
        var (one, other) = (List.Selected!.Entry, Current!.Entry);
        var lines = Dialogs.Wait(Heading, cancel => VersionActions.CompareAsync(Workplace.Context, one, other, cancel));
        Dialogs.Tell(Heading, string.Join('\n', lines.Select(line => OsDeploy.Text.Printable.Of(line))));
    }

    private void Undelete() => Dialogs.Ask(Dialogs.Wait(Heading, cancel => VersionActions.UndeleteAsync(Workplace.Context, Dialogs.Time.LocalTimeZone, cancel)));

    private void Delete()
    {
        var entry = List.Selected!.Entry;
        Dialogs.Ask(Dialogs.Wait(Heading, cancel => VersionActions.DeleteAsync(Workplace.Context, entry, cancel)));
    }
}
