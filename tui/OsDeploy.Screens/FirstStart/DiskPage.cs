using OsDeploy.Api.Helper;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.FirstStart;

/// <summary>Which disk becomes the appliance's.</summary>
internal sealed class DiskPage
{
    private const string NoDisk = "none";

    private readonly HelperClient _helper;
    private readonly ChoiceEntry _disk;
    private readonly TextEntry _typed;
    private IReadOnlyList<DataDisk> _disks = [];

    /// <param name="isAsked">Looked at each time: there may be a volume already.</param>
    public DiskPage(HelperClient helper, Func<bool> isAsked)
    {
        _helper = helper;
        _disk = new ChoiceEntry("disk", Words.FirstStart.Disk, Options) { Help = Words.FirstStart.DiskHelp };
        _typed = new TextEntry("typed", Words.FirstStart.DiskTyped)
        {
            Applies = () => IsLost,
            IsRequired = true,
            Rule = text => text == Chosen?.Name ? null : Language.Fill(Words.Common.TypeExactly, Chosen?.Name),
        };
        FormField[] fields =
        [
            new InfoEntry("why", () => Words.FirstStart.DiskWhy),
            _disk,
            new InfoEntry("remark", () => RemarkOf(Chosen!)) { Applies = () => Chosen is not null },
            new InfoEntry("lost", () => Language.Fill(Words.FirstStart.DiskLost, Chosen?.Name, string.Join(", ", Chosen?.Holds ?? []))) { IsWarning = true, Applies = () => IsLost },
            _typed,
            new InfoEntry("try", () => Words.FirstStart.DiskTryWarning) { IsWarning = true, Applies = () => _disk.Value == NoDisk },
            new InfoEntry("others", () => Language.Fill(Words.FirstStart.DiskOthers, Others)) { Applies = () => Others.Length > 0 },
        ];
        Page = new WizardPage(new FormModel(Words.FirstStart.DiskTitle, fields, FormAction.Take(Words.Common.Next)) { Help = Words.FirstStart.DiskHelp }, isAsked, LookAsync);
    }

    public WizardPage Page { get; }

    public DiskChoice Choice => Chosen is { } disk ? new DiskChoice(DiskUse.Prepare, disk, IsLost ? _typed.Value : null) : new DiskChoice(DiskUse.None);

    private DataDisk? Chosen => _disks.FirstOrDefault(disk => disk.IsOffered && disk.Path == _disk.Value);

    private bool IsLost => Chosen is { State: not DataDiskState.Blank };

    // In one line each: why a disk that somebody looks for is not in the list.
    private string Others => string.Join("; ", _disks.Where(disk => !disk.IsOffered).Select(disk => $"{Named(disk)}: {WhyNot(disk.State)}"));

    private async Task LookAsync(CancellationToken cancel)
    {
        _disks = await _helper.DisksAsync(cancel);

        // Nothing is chosen beforehand but a single blank disk: that cannot be the wrong one.
        var blank = _disks.Where(disk => disk.State == DataDiskState.Blank).ToList();
        _disk.Value = Options().Any(option => option.Id == _disk.Value) ? _disk.Value : blank is [var only] ? only.Path : null;
    }

    private IReadOnlyList<Choice> Options() =>
    [
        .. _disks.Where(disk => disk.IsOffered).Select(disk => new Choice(disk.Path, HotKey.Escape(Named(disk)), RemarkOf(disk))),
        new Choice(NoDisk, Words.FirstStart.DiskTry),
    ];

    /// <summary>Its name, model and size.</summary>
    internal static string Named(DataDisk disk) =>
        string.Join("  ", new[] { Printable.Of(disk.Name, 20), Printable.Of(disk.Model, 24), Sizes.Of(disk.Size) }.Where(part => part.Length > 0));

    private static string RemarkOf(DataDisk disk)
    {
        var holds = disk.State switch
        {
            DataDiskState.Blank => Words.FirstStart.DiskBlank,
            DataDiskState.Ours => Words.FirstStart.DiskOurs,
            _ => Words.FirstStart.DiskFull,
        };
        return disk.Serial.Length > 0 ? $"{Printable.Of(disk.Serial, 24)}, {holds}" : holds;
    }

    private static string WhyNot(DataDiskState state) => state switch
    {
        DataDiskState.InUse => Words.FirstStart.DiskInUse,
        DataDiskState.StartMedium => Words.FirstStart.DiskStartMedium,
        DataDiskState.ReadOnly => Words.FirstStart.DiskReadOnly,
        _ => Words.FirstStart.DiskTooSmall,
    };
}
