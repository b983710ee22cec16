using OsDeploy.Api;
using OsDeploy.Screens.Console.Configurations;
using OsDeploy.Screens.Console.Domains;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Network;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>All that is known of one host, with the log of its job as it grows.</summary>
internal sealed class HostDetailsScreen(Workplace workplace, string id) : LinesScreen(workplace)
{
    private readonly HostFacts _details = new(workplace.Context, id, workplace.Dialogs.Time);

    public override string Heading => _details.Title;

    public override string Help => Words.Actions.DetailsHelp;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F2, Words.Actions.ActionJob, () => JobFlow.Start(Workplace, JobTarget.Of([Row!])), WhyNot),
        new(Key.F3, Words.Starting.OwnAction, SetBoot, WhyNot),
        new(Key.F4, Words.Actions.ActionEdit, () => Dialogs.Ask(new HostForm(Workplace.Context, _details.View!).Model), WhyNot),
        new(Key.F5, Words.Actions.ActionCopy, () => Dialogs.Ask(new MacRegistration(Workplace.Context, _details.View!.Host).Model), WhyNot),
        new(Key.F6, Words.Actions.ActionDetails, () => Dialogs.Ask(new HostDetailsForm(Workplace.Context, _details.View!).Model), WhyNot),
        new(Key.F7, Words.Actions.ActionOwnValues, SetOwnValues, () => WhyNot() ?? (_details.View!.Partitions.Count == 0 ? Words.Hosts.OwnNothing : null)),
        new(Key.F8, Words.Actions.ActionDelete, Delete, WhyNot),
        new(Key.F11, Words.Network.ActNext, SetNext, WhyNot),
        new(Key.F12, Words.Domains.ActionJoin, () => Dialogs.Ask(JoinForm.Of(Workplace.Context, _details.View!)), WhyNot),
    ];

    protected override Task ReadAsync(CancellationToken cancel) => _details.ReadAsync(cancel);

    protected override IEnumerable<string> LinesNow() =>
    [
        .. Section("", _details.Facts),
        .. Section(Words.Actions.SectionHardware, _details.Hardware),
        .. Section(Words.Actions.SectionPartitions, _details.Partitions),
        .. Section(Words.Network.SectionStarts, _details.Outlook),
        .. Section("", _details.Starts),
        .. Section(Words.Actions.SectionHistory, _details.History),
        .. Section(Words.Actions.SectionLog, _details.Log.Select(line => $"{Times.Clock(line.At, Dialogs.Time.LocalTimeZone)}  {line.Text}")),
    ];

    private HostRow? Row => Workplace.Hosts().FirstOrDefault(row => row.Id == _details.Id);

    private string? WhyNot() => _details.View is null || Row is null ? Words.Actions.NobodyMeant : null;

    private void SetBoot()
    {
        var builds = Dialogs.Wait(Forms.HotKey.Strip(Words.Starting.OwnAction), cancel => Workplace.Session.CallAsync(BootApi.ListBuilds, cancel));
        Dialogs.Ask(OwnBootForm.Of(Workplace.Context, _details.View!, builds).Model);
    }

    private void SetNext()
    {
        if (Dialogs.Ask(new NextStartForm(Workplace.Context, [_details.View!.Host]).Model) is not null)
        {
            Workplace.Frame.Toast(Words.Starting.NextDone);
        }
    }

    private void SetOwnValues()
    {
        var view = _details.View!;
        IReadOnlyList<string> lines = [.. view.Partitions.Select(partition => $"{PlanText.NumberOf(partition.Plan),-4} {PlanText.Of(partition.Plan)}")];
        using var choice = new PickDialog(Words.Hosts.OwnWhich, lines, 0);
        Dialogs.Run(choice);
        if (choice.Picked is { } picked)
        {
            Dialogs.Ask(new OwnPlanForm(Workplace.Context, view, view.Partitions[picked].Plan).Model);
        }
    }

    private void Delete()
    {
        if (Dialogs.Ask(new HostDeletion(Workplace.Context, [Row!]).Model) is not null)
        {
            Workplace.Frame.Back();
        }
    }

    private static IEnumerable<string> Section(string title, IEnumerable<Fact> facts)
    {
        var lines = facts.ToList();
        var width = lines.Select(fact => fact.Label.Length).DefaultIfEmpty().Max();
        return Section(title, lines.Select(fact => fact.Label.PadRight(width) + "  " + fact.Value));
    }

    private static IEnumerable<string> Section(string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        return all.Count == 0 ? [] : title.Length == 0 ? [.. all] : ["", $"── {title} ──", .. all];
    }
}
