using System.Globalization;
using OsDeploy.Api.Jobs;
using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>One partition is kept under a free name, or comes back from such a backup.</summary>
internal sealed class ManualFlow
{
    private const string Backup = "backup";
    private const string Restore = "restore";

    // Each size costs a request.
    private const int MostSizes = 60;

    private readonly MachineSession _session;
    private readonly IReadOnlyList<(DiskNote Disk, PartitionLayout Partition)> _partitions;
    private readonly ChoiceEntry _what;
    private readonly ChoiceEntry _partition;
    private readonly TextEntry _name;
    private readonly CheckEntry _keepTable;
    private readonly ChoiceEntry _image;
    private readonly CheckEntry _withTable;
    private IReadOnlyList<Choice> _images = [];

    private ManualFlow(MachineSession session, IReadOnlyList<DiskNote> disks)
    {
        _session = session;
        _partitions = [.. disks.SelectMany(disk => (disk.Layout?.Partitions ?? []).Where(partition => !partition.IsContainer).Select(partition => (disk, partition)))];
        _what = new ChoiceEntry("what", Words.Machine.ManualWhat, [new Choice(Backup, Words.Machine.ManualBackup), new Choice(Restore, Words.Machine.ManualRestore)], Backup);
        _partition = new ChoiceEntry("partition", Words.Machine.ManualPartition, [.. _partitions.Select((pair, i) => ChoiceOf(i, pair.Disk, pair.Partition))]);
        _name = new TextEntry("name", Words.Machine.ManualName) { IsRequired = true, MaxLength = ImageName.MaxLength, Help = Words.Machine.ManualNameHelp, Rule = RuleOfName };
        _keepTable = new CheckEntry("table", Words.Machine.ManualKeepTable) { Help = Words.Machine.ManualTableHelp };
        _image = new ChoiceEntry("image", Words.Machine.ManualImage, () => _images);
        _withTable = new CheckEntry("table", Words.Machine.ManualWithTable) { Help = Words.Machine.ManualTableHelp };
        Wizard = new WizardModel(
            Words.Machine.MenuManual,
            new WizardPage(new FormModel(Words.Machine.ManualFirst, [_what, _partition], FormAction.Take(Words.Common.Next)) { Help = Words.Machine.HelpManual }),
            new WizardPage(
                new FormModel(Words.Machine.ManualBackup, [Chosen(), _name, _keepTable], new FormAction("backup", Words.Machine.ManualBackupAction, BackupAsync)) { Help = Words.Machine.HelpManual },
                () => _what.Value == Backup),
            new WizardPage(
                new FormModel(Words.Machine.ManualRestore, [Chosen(), Loss(), _image, _withTable], new FormAction("restore", Words.Machine.RestoreAction, RestoreAsync) { IsDestructive = true }) { Help = Words.Machine.HelpManual },
                () => _what.Value == Restore,
                ImagesAsync));
    }

    public WizardModel Wizard { get; }

    /// <exception cref="UserErrorException"><c>machine-no-disk</c>, <c>machine-no-partitions</c></exception>
    public static async Task<ManualFlow> PrepareAsync(MachineSession session, CancellationToken cancel)
    {
        var flow = new ManualFlow(session, await session.DisksAsync(cancel));
        return flow._partitions.Count > 0 ? flow : throw MachineErrors.NoPartitions();
    }

    private static Choice ChoiceOf(int i, DiskNote disk, PartitionLayout partition) => new(
        i.ToString(CultureInfo.InvariantCulture),
        Language.Fill(Words.Machine.ManualPlace, Printable.Of(disk.Disk.Name), partition.Number),
        PartitionText.RemarkOf(partition));

    private static string? RuleOfName(string name) =>
        ImageName.TryParse(name, out _) && !name.Contains('.', StringComparison.Ordinal) ? null : Words.Machine.ManualNameHelp;

    private InfoEntry Chosen() => new("chosen", () => _partition.Chosen is { } chosen ? $"{chosen.Label}  {chosen.Remark}" : "");

    private InfoEntry Loss() => new("loss", () => _withTable.Value ? Words.Machine.ManualLosesDisk : Words.Machine.ManualLosesPartition) { IsWarning = true };

    private (DiskNote Disk, PartitionLayout Partition) Meant => _partitions[int.Parse(_partition.Value!, CultureInfo.InvariantCulture)];

    private Task BackupAsync(CancellationToken cancel) => StartAsync(JobKind.ManualBackup, _name.Value, null, _keepTable.Value, cancel);

    private Task RestoreAsync(CancellationToken cancel)
    {
        var parts = _image.Value!.Split('@');
        return StartAsync(JobKind.ManualRestore, parts[0], parts[1], _withTable.Value, cancel);
    }

    private Task StartAsync(JobKind kind, string name, string? version, bool withTable, CancellationToken cancel) => _session.StartAsync(
        kind,
        new JobOptions([Meant.Partition.Number], WithTable: withTable, ManualName: name, Version: version),
        [DiskField.BindingOf(1, Meant.Disk.Disk)],
        cancel);

    private async Task ImagesAsync(CancellationToken cancel)
    {
        await using var store = _session.Account.OpenStore();
        var versions = (await store.ListAsync(cancel)).Where(version => version.Kind == ImageKind.Manual).OrderBy(version => version.Image.ToString(), StringComparer.Ordinal).ThenByDescending(version => version.CapturedAt).ToList();
        var choices = new List<Choice>();
        foreach (var version in versions)
        {
            var size = choices.Count < MostSizes ? Sizes.Of(Manifest.Parse(await store.ReadManifestAsync(version.Version, cancel)).Regions().Sum(region => region.UsedBytes)) : "";
            var at = version.CapturedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            choices.Add(new Choice($"{version.Image}@{version.Version}", version.Image.ToString(), $"{at}  {size}".TrimEnd()));
        }

        _images = choices.Count > 0 ? choices : throw MachineErrors.NoManualImages();
        _image.Value = _images.Any(image => image.Id == _image.Value) ? _image.Value : null;
    }
}
