using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Personal;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Additions;

/// <summary>What hosts get besides their image.</summary>
internal sealed class AdditionsScreen : ListScreen<AdditionView>
{
    private readonly ConsoleContext _context;
    private readonly Background _reading;
    private IReadOnlyList<AdditionView> _additions = [];

    public AdditionsScreen(Workplace workplace)
        : base(workplace, Columns(), view => view.Addition.Id)
    {
        _context = workplace.Context;
        _reading = new Background(
            Dialogs.App,
            async cancel => _additions = await _context.Session.CallAsync(PersonalApi.ListAdditions, cancel),
            () => base.Show(Workplace.Now),
            fault => Workplace.Frame.Toast(fault is null ? "" : "! " + Printable.Of(fault.Message)));
    }

    public override string Heading => Words.Additions.Title;

    public override string Help => Words.Additions.Help;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F4, Words.Accounts.ActEdit, () => Set(List.Selected), WhyNot, () => List.Selected is { } view ? [new CommandLine("addition", "set", view.Addition.Id)] : []),
        new(Key.F5, Words.Accounts.ActReload, _reading.Start, Command: () => [new CommandLine("addition", "list")]),
        new(Key.F7, Words.Accounts.ActNew, () => Set(null), WhyNoAuthor, () => [new CommandLine("addition", "add", "FILE", "--kind", "KIND")]),
        new(Key.F8, Words.Accounts.ActDelete, Delete, WhyNot, () => List.Selected is { } view ? [AdditionDeletion.Command(view.Addition)] : []),
    ];

    public override void Enter()
    {
        base.Enter();
        _reading.Start();
    }

    public override void Leave() => _reading.Stop();

    protected override IReadOnlyList<AdditionView> RowsOf(Snapshot now) =>
        [.. _additions.Where(view => $"{view.Addition.Path} {AdditionText.Of(view.Addition.Kind)} {AdditionText.ForOf(view.Addition)}".Contains(Filter, StringComparison.OrdinalIgnoreCase))];

    protected override string SummaryOf(Snapshot now) => Language.Count(_additions.Count, Words.Additions.SummaryOne, Words.Additions.SummaryOther);

    protected override void Open(AdditionView row)
    {
        var addition = row.Addition;
        IReadOnlyList<string?> lines =
        [
            $"{AdditionText.Of(addition.Kind)}: {addition.Path}, {Sizes.Of(addition.Size)}",
            $"{Words.Additions.ColFor}: {AdditionText.ForOf(addition)}",
            $"{Words.Additions.FactContent}: {addition.Content}",
            $"{Words.Additions.FactChanged}: {Times.Of(addition.ChangedAt, Dialogs.Time.LocalTimeZone)}, {addition.ChangedBy}",
            addition.Warning is null ? null : $"{Words.Additions.FactWarning}: {addition.Warning}",
        ];
        Dialogs.Tell(addition.Path, string.Join('\n', lines.OfType<string>()));
    }

    private static Column<AdditionView>[] Columns() =>
    [
        new(Words.Additions.ColOrder, view => view.Addition.Order.ToString(CultureInfo.InvariantCulture), Most: 6, Least: 5),
        new(Words.Additions.ColKind, view => AdditionText.Of(view.Addition.Kind), Most: 26, Least: 12),
        new(Words.Additions.ColPath, view => Printable.Of(view.Addition.Path), Most: 40, Least: 12),
        new(Words.Additions.ColSize, view => Sizes.Of(view.Addition.Size), Most: 10, Least: 8),
        new(Words.Additions.ColFor, view => AdditionText.ForOf(view.Addition), Most: 60, Least: 10),
    ];

    private string? WhyNoAuthor() => _context.Session.May(Right.EditScripts) ? null : Words.Additions.NeedsRight;

    private string? WhyNot() => WhyNoAuthor() ?? (List.Selected is null ? Words.Additions.NothingChosen : null);

    private void Set(AdditionView? view)
    {
        var form = new AdditionForm(_context, view);
        if (Dialogs.Ask(form.Model) is not null)
        {
            Done(Language.Fill(view is null ? Words.Additions.Added : Words.Additions.Saved, form.Path));
        }
    }

    private void Delete()
    {
        var addition = List.Selected!.Addition;
        if (Dialogs.Ask(AdditionDeletion.Of(_context, addition)) is not null)
        {
            Done(Language.Fill(Words.Additions.Deleted, addition.Path));
        }
    }

    private void Done(string toast)
    {
        Workplace.Frame.Toast(Printable.Of(toast));
        _reading.Start();
    }
}
