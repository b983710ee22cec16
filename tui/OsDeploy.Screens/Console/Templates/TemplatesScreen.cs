using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Personal;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Templates;

/// <summary>The answer files with which Windows sets itself up after a restore.</summary>
internal sealed class TemplatesScreen : ListScreen<TemplateView>
{
    private readonly Later _later;
    private IReadOnlyList<TemplateView> _templates = [];

    public TemplatesScreen(Workplace workplace)
        : base(workplace, Columns(workplace.Dialogs.Time.LocalTimeZone), template => template.Name) =>
        _later = new Later(workplace, () => Show(Workplace.Now));

    public override string Heading => Words.Templates.Title;

    public override string Help => Words.Templates.Help;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F2, Words.Templates.ActPreview, () => Open(List.Selected!), WhyNothing, () => CommandOf("show")),
        new(Key.F3, Words.Templates.ActHistory, () => Workplace.Frame.Push(new TemplateHistoryScreen(Workplace, List.Selected!.Name)), WhyNothing, () => CommandOf("history")),
        new(Key.F4, Words.Actions.ActionEdit, Edit, WhyNot, () => CommandOf("edit")),
        new(Key.F8, Words.Templates.ActOriginal, BringBack, () => WhyNot() ?? (List.Selected!.IsEdited ? null : Words.Templates.IsShipped), () => CommandOf("restore")),
    ];

    public override void Enter()
    {
        base.Enter();
        Read();
    }

    protected override IReadOnlyList<TemplateView> RowsOf(Snapshot now) =>
        [.. _templates.Where(template => $"{template.Name} {StateOf(template)} {template.ChangedBy}".Contains(Filter, StringComparison.OrdinalIgnoreCase))];

    protected override void Open(TemplateView row)
    {
        var text = Dialogs.Wait(row.Name, cancel => Workplace.Session.CallAsync(PersonalApi.ShowTemplate, cancel, row.Name));
        Workplace.Frame.Push(new TemplateTextScreen(Workplace, row.Name, text.Text));
    }

    private static IReadOnlyList<Column<TemplateView>> Columns(TimeZoneInfo zone) =>
    [
        new(Words.Templates.ColTemplate, template => template.Name, 26, 22),
        new(Words.Templates.ColState, StateOf, 18, 10),
        new(Words.Templates.ColChanged, template => Times.Of(template.ChangedAt, zone), 16, 16),
        new(Words.Templates.ColBy, template => template.ChangedBy ?? "", 40, 8),
    ];

    private static string StateOf(TemplateView template) => template.IsEdited ? Words.Templates.Edited : Words.Templates.Shipped;

    private void Read() => _later.Begin(async cancel => _templates = await Workplace.Session.CallAsync(PersonalApi.ListTemplates, cancel));

    private void Edit()
    {
        var name = List.Selected!.Name;
        var before = Dialogs.Wait(name, cancel => Workplace.Session.CallAsync(PersonalApi.ShowTemplate, cancel, name));
        if (Dialogs.Ask(TemplateForm.Of(Workplace.Context, before)) is not null)
        {
            Workplace.Frame.Toast(Language.Fill(Words.Templates.Saved, Printable.Of(name)));
            Read();
        }
    }

    private void BringBack()
    {
        var name = List.Selected!.Name;
        if (TemplateReturn.Ask(Workplace, name, 0))
        {
            Read();
        }
    }

    private string? WhyNothing() => List.Selected is null ? Words.Templates.NothingChosen : null;

    private string? WhyNot() => WhyNothing() ?? (Workplace.Session.May(Right.EditConfigurations) ? null : Words.Templates.NeedsRight);

    private IReadOnlyList<CommandLine> CommandOf(string verb) => List.Selected is { } template ? [new CommandLine("template", verb, template.Name)] : [];
}
