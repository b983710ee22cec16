using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Boot;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Network;

/// <summary>The client builds that computers start from.</summary>
internal sealed class BuildsScreen : ListScreen<BootBuild>
{
    private readonly Background _reading;
    private IReadOnlyList<BootBuild> _builds = [];
    private long _seen = -1;

    public BuildsScreen(Workplace workplace)
        : base(workplace, Columns(workplace.Dialogs.Time.LocalTimeZone), build => build.Id) =>
        _reading = new Background(Dialogs.App, ReadAsync, () => base.Show(Workplace.Now), fault => Workplace.Frame.Toast(fault is null ? "" : "! " + Printable.Of(fault.Message)));

    public override string Heading => Words.Starting.BuildsTitle;

    public override string Help => Words.Starting.BuildsHelp;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F2, Words.Starting.ActUse, Use, () => WhyNot() ?? (List.Selected!.IsCurrent ? Words.Starting.IsCurrentAlready : null), () => CommandOf("use")),
        new(Key.F7, Words.Starting.ActAdd, Add, WhyNoAdmin, () => [new CommandLine("boot", "builds", "add", "DIR")]),
        new(Key.F8, Words.Starting.ActDelete, Delete, () => WhyNot() ?? (List.Selected!.UsedBy is { } user ? Printable.Of(user) : null), () => CommandOf("delete")),
    ];

    public override void Show(Snapshot now)
    {
        base.Show(now);
        if (_seen != now.BootNews)
        {
            _seen = now.BootNews;
            _reading.Start();
        }
    }

    public override void Leave()
    {
        _reading.Stop();
        _seen = -1;
    }

    protected override IReadOnlyList<BootBuild> RowsOf(Snapshot now) =>
        [.. _builds.Where(build => $"{build.Id} {build.KernelVersion} {build.UsedBy}".Contains(Filter, StringComparison.OrdinalIgnoreCase))];

    private static IReadOnlyList<Column<BootBuild>> Columns(TimeZoneInfo zone) =>
    [
        new("", build => build.IsCurrent ? "*" : " ", 1, 1),
        new(Words.Starting.ColBuild, build => build.Id, 16, 16),
        new(Words.Starting.ColKernel, build => build.KernelVersion, 24, 8),
        new(Words.Starting.ColSize, build => Sizes.Of(build.Bytes), 9, 8, IsRight: true),
        new(Words.Starting.ColAdded, build => Times.Of(build.AddedAt, zone), 16, 16),
        new(Words.Starting.ColUse, build => build.IsCurrent ? Words.Starting.IsCurrent : build.UsedBy ?? "", 60, 8),
    ];

    private async Task ReadAsync(CancellationToken cancel) => _builds = await Workplace.Session.CallAsync(BootApi.ListBuilds, cancel);

    private string? WhyNoAdmin() => Workplace.Session.May(Right.Administer) ? null : Words.Starting.NeedsAdmin;

    private string? WhyNot() => List.Selected is null ? Words.Starting.NoBuildChosen : WhyNoAdmin();

    private IReadOnlyList<CommandLine> CommandOf(string verb) => List.Selected is { } build ? [new CommandLine("boot", "builds", verb, build.Id)] : [];

    private void Use()
    {
        var build = List.Selected!;
        if (Dialogs.Confirm(Words.Starting.UseTitle, Language.Fill(Words.Starting.UseText, build.Id, Printable.Of(build.KernelVersion)), Words.Starting.ActUse))
        {
            Dialogs.Wait(Words.Starting.UseTitle, cancel => Workplace.Session.CallAsync(BootApi.UseBuild, new BootBuildChoice(build.Id), cancel));
            Done(Language.Fill(Words.Starting.UseDone, build.Id));
        }
    }

    private void Add()
    {
        var form = new BuildAddition(Workplace.Context);
        Dialogs.Ask(form.Model);
        if (form.Added is { } added)
        {
            Done(Language.Fill(Words.Starting.AddDone, added.Id));
        }
    }

    private void Delete()
    {
        var build = List.Selected!;
        if (Dialogs.Confirm(Words.Starting.DeleteTitle, Language.Fill(Words.Starting.DeleteText, build.Id, Printable.Of(build.KernelVersion)), Words.Starting.ActDelete))
        {
            Dialogs.Wait(Words.Starting.DeleteTitle, cancel => Workplace.Session.CallAsync(BootApi.DeleteBuild, cancel, build.Id));
            Done(Language.Fill(Words.Starting.DeleteDone, build.Id));
        }
    }

    private void Done(string what)
    {
        Workplace.Frame.Toast(what);
        _reading.Start();
    }
}
