using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Personal;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Templates;

/// <summary>What an answer file has been, newest first.</summary>
internal sealed class TemplateHistoryScreen : ListScreen<TemplateRevision>
{
    private readonly string _name;
    private readonly Later _later;
    private IReadOnlyList<TemplateRevision> _revisions = [];

    public TemplateHistoryScreen(Workplace workplace, string name)
        : base(workplace, Columns(workplace.Dialogs.Time.LocalTimeZone), revision => NumberOf(revision))
    {
        _name = name;
        _later = new Later(workplace, () => Show(Workplace.Now));
    }

    public override string Heading => Language.Fill(Words.Templates.HistoryTitle, Printable.Of(_name));

    public override string Help => Words.Templates.HistoryHelp;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F2, Words.Templates.ActPreview, () => Open(List.Selected!), WhyNothing),
        new(Key.F4, Words.Templates.ActReturn, BringBack, () => WhyNothing() ?? (Workplace.Session.May(Right.EditConfigurations) ? null : Words.Templates.NeedsRight)),
    ];

    public override void Enter()
    {
        base.Enter();
        Read();
    }

    protected override IReadOnlyList<TemplateRevision> RowsOf(Snapshot now) =>
        [.. _revisions.Where(revision => $"{revision.Number} {revision.By}".Contains(Filter, StringComparison.OrdinalIgnoreCase))];

    protected override void Open(TemplateRevision row)
    {
        var text = Dialogs.Wait(_name, cancel => Workplace.Session.CallAsync(PersonalApi.ShowRevision, cancel, _name, NumberOf(row)));
        Workplace.Frame.Push(new TemplateTextScreen(Workplace, $"{_name}, {Language.Fill(Words.Templates.Revision, row.Number)}", text.Text));
    }

    private static IReadOnlyList<Column<TemplateRevision>> Columns(TimeZoneInfo zone) =>
    [
        new("", NumberOf, 6, 3, IsRight: true),
        new(Words.Templates.ColChanged, revision => Times.Of(revision.At, zone), 16, 16),
        new(Words.Templates.ColBy, revision => revision.By, 40, 8),
        new(Words.Templates.ColWhat, WhatOf, 40, 10),
    ];

    private static string NumberOf(TemplateRevision revision) => revision.Number.ToString(CultureInfo.InvariantCulture);

    private static string WhatOf(TemplateRevision revision) => revision.From switch
    {
        null => Words.Templates.Written,
        0 => Words.Templates.ShippedAgain,
        { } from => Language.Fill(Words.Templates.RevisionAgain, from),
    };

    private void Read() => _later.Begin(async cancel => _revisions = await Workplace.Session.CallAsync(PersonalApi.ListRevisions, cancel, _name));

    private void BringBack()
    {
        if (TemplateReturn.Ask(Workplace, _name, List.Selected!.Number))
        {
            Read();
        }
    }

    private string? WhyNothing() => List.Selected is null ? Words.Templates.NothingChosen : null;
}
