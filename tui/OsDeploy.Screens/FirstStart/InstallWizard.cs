using OsDeploy.Api.Helper;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.FirstStart;

/// <summary>On which disk the appliance is installed, in the language in use. The last page does the work.</summary>
internal sealed class InstallWizard
{
    private const string OnDisk = "disk";
    private const string FromMedium = "medium";
    private const string WhereField = "where";

    private readonly HelperClient _helper;
    private readonly ChoiceEntry _disk;
    private readonly TextEntry _typed;
    private IReadOnlyList<DataDisk> _disks = [];

    public InstallWizard(InstallWork work, HelperClient helper)
    {
        _helper = helper;
        _disk = new ChoiceEntry("disk", Words.FirstStart.Disk, Options) { Help = Words.Systems.InstallHelp };
        _typed = new TextEntry("typed", Words.FirstStart.DiskTyped)
        {
            Applies = () => IsLost,
            IsRequired = true,
            Rule = text => text == Chosen?.Name ? null : Language.Fill(Words.Common.TypeExactly, Chosen?.Name),
        };
        FormField[] fields =
        [
            new InfoEntry("why", () => Words.Systems.InstallWhy),
            new InfoEntry("none", () => Words.Systems.InstallNone) { IsWarning = true, Applies = () => Options().Count == 0 },
            _disk,
            new InfoEntry("lost", () => Language.Fill(Words.FirstStart.DiskLost, Chosen?.Name, string.Join(", ", Chosen?.Holds ?? []))) { IsWarning = true, Applies = () => IsLost },
            _typed,
        ];
        Model = new WizardModel(
            Words.Systems.InstallTitle,
            new WizardPage(new FormModel(Words.Systems.InstallTitle, fields, FormAction.Take(Words.Common.Next)) { Help = Words.Systems.InstallHelp }, () => true, LookAsync),
            new WizardPage(Summary(work)));
    }

    public WizardModel Model { get; }

    /// <summary>The question before it: on a disk, or from the stick.</summary>
    public static FormModel WhereForm() => new(
        Words.Systems.WhereTitle,
        [
            new ChoiceEntry(WhereField, Words.Systems.Where, [new Choice(OnDisk, Words.Systems.WhereDisk), new Choice(FromMedium, Words.Systems.WhereMedium)])
            {
                Help = Words.Systems.WhereHelp,
            },
        ],
        FormAction.Take(Words.Common.Next))
    {
        Help = Words.Systems.WhereHelp,
    };

    public static bool IsOnDisk(FormModel whereForm) => whereForm.Get<ChoiceEntry>(WhereField).Value == OnDisk;

    private DataDisk? Chosen => _disks.FirstOrDefault(disk => disk.IsOffered && disk.Path == _disk.Value);

    private bool IsLost => Chosen is { State: not DataDiskState.Blank };

    private FormModel Summary(InstallWork work) => new(
        Words.Systems.InstallTitle,
        [
            new InfoEntry("disk", () => $"{Words.FirstStart.Disk}: {(Chosen is { } disk ? DiskPage.Named(disk) : "-")}"),
            new InfoEntry("lost", () => Language.Fill(Words.FirstStart.SummaryLost, Chosen?.Name)) { IsWarning = true, Applies = () => IsLost },
            new InfoEntry("after", () => Words.Systems.InstallAfter),
        ],
        new FormAction("install", Words.Systems.InstallAction, cancel => work.RunAsync(Chosen!, IsLost ? _typed.Value : null, cancel)) { Doing = () => work.Doing })
    {
        Help = Words.Systems.InstallHelp,
    };

    private async Task LookAsync(CancellationToken cancel)
    {
        _disks = await _helper.DisksAsync(cancel);
        var blank = _disks.Where(disk => disk.State == DataDiskState.Blank).ToList();
        _disk.Value = Options().Any(option => option.Id == _disk.Value) ? _disk.Value : blank is [var only] ? only.Path : null;
    }

    private IReadOnlyList<Choice> Options() => [.. _disks.Where(disk => disk.IsOffered).Select(disk => new Choice(disk.Path, HotKey.Escape(DiskPage.Named(disk)), Printable.Of(disk.Serial, 24)))];
}
