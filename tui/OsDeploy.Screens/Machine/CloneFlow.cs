using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>
/// Capturing this computer as the master: which partitions, what each is called and holds, and a summary before anything starts. The answers become
/// the plan of the configuration, so that the next capture begins with them.
/// </summary>
internal sealed class CloneFlow
{
    // No name of a configuration: those have no blanks around them.
    private const string New = " ";

    private static readonly string[] s_hidden = ["swap"];

    private readonly MachineSession _session;
    private readonly IReadOnlyList<ConfigurationView> _configurations;
    private readonly List<ClonePartition> _partitions;
    private readonly MultiChoiceEntry _taken;
    private readonly ChoiceEntry _configuration;
    private readonly TextEntry _name;

    private CloneFlow(MachineSession session, IReadOnlyList<ConfigurationView> configurations, IReadOnlyList<DiskNote> disks)
    {
        (_session, _configurations) = (session, configurations);
        var own = configurations.FirstOrDefault(view => view.Configuration.Name == session.State.Facts?.Configuration);
        _partitions = [.. disks.SelectMany((disk, i) => PartitionsOf(disk, i + 1, own?.Configuration.Partitions ?? []))];
        _configuration = new ChoiceEntry("configuration", Words.Machine.ConfigurationLabel, [.. configurations.Select(ChoiceOf), new Choice(New, Words.Machine.ConfigurationNew)], own?.Configuration.Name ?? (configurations.Count == 0 ? New : null))
        {
            Help = Words.Machine.ConfigurationHelp,
        };
        _name = new TextEntry("new", Words.Machine.ConfigurationName) { IsRequired = true, MaxLength = 32, Applies = () => _configuration.Value == New };
        _taken = new MultiChoiceEntry("partitions", Words.Machine.ClonePartitions, () => [.. _partitions.Select(one => new Choice(one.Id, one.Name, PartitionText.RemarkOf(one.Layout)))], _partitions.Select(one => one.Id))
        {
            IsRequired = true,
            Help = Words.Machine.ClonePartitionsHelp,
        };
        Wizard = new WizardModel(Words.Machine.MenuClone, [MasterPage(), PartitionsPage(), DescriptionsPage(), .. _partitions.Select(PageOf), SummaryPage()]);
    }

    public WizardModel Wizard { get; }

    private bool IsMasterAlready => _session.State.Facts?.IsMaster == true;

    private ConfigurationView? Chosen => _configurations.FirstOrDefault(view => view.Configuration.Name == _configuration.Value);

    /// <exception cref="UserErrorException"><c>machine-no-disk</c>, <c>machine-no-partitions</c>, <c>machine-not-registered</c>, or what the server says.</exception>
    public static async Task<CloneFlow> PrepareAsync(MachineSession session, CancellationToken cancel)
    {
        if ((await session.RefreshAsync(cancel)).Name is null)
        {
            throw MachineErrors.NotRegistered();
        }

        var configurations = await session.Account.AskAsync(client => client.CallAsync(ConfigurationApi.List, cancel));
        var flow = new CloneFlow(session, configurations, await session.DisksAsync(cancel));
        return flow._partitions.Count > 0 ? flow : throw MachineErrors.NoPartitions();
    }

    private IEnumerable<ClonePartition> PartitionsOf(DiskNote disk, int number, IReadOnlyList<PartitionPlan> plans) => (disk.Layout?.Partitions ?? [])
        .Where(partition => !partition.IsContainer && !s_hidden.Contains(partition.FileSystem))
        .Select(partition => new ClonePartition(disk, partition, plans.FirstOrDefault(plan => plan.Disk == number && plan.Number == partition.Number), IsTaken));

    private static Choice ChoiceOf(ConfigurationView view) => new(
        view.Configuration.Name,
        Printable.Of(view.Configuration.Name),
        Language.Fill(Words.Machine.ConfigurationRemark, Printable.Of(view.MasterName ?? Words.Common.None), view.Versions));

    private WizardPage MasterPage() => new(
        new FormModel(Words.Machine.CloneMaster, [new InfoEntry("warning", MasterWarning) { IsWarning = true }, _configuration, _name], FormAction.Take(Words.Common.Next)) { Help = Words.Machine.CloneHelp },
        () => !IsMasterAlready);

    private string MasterWarning() => Chosen?.MasterName is { } master
        ? Language.Fill(Words.Machine.CloneNewMaster, Printable.Of(master), Printable.Of(_configuration.Value))
        : Words.Machine.CloneFirstMaster;

    private WizardPage PartitionsPage() => new(
        new FormModel(Words.Machine.ClonePartitionsTitle, [_taken], FormAction.Take(Words.Common.Next)) { Help = Words.Machine.CloneHelp });

    private WizardPage DescriptionsPage() => new(new FormModel(
        Words.Machine.CloneDescriptions, [.. _partitions.Select(one => one.Description)], FormAction.Take(Words.Common.Next)) { Help = Words.Machine.DescriptionHelp });

    private WizardPage PageOf(ClonePartition partition) => new(partition.Form(), () => IsTaken(partition));

    private WizardPage SummaryPage() => new(new FormModel(
        Words.Machine.CloneSummary,
        [
            new InfoEntry("configuration", () => Language.Fill(Words.Machine.CloneFor, Printable.Of(NameOfConfiguration))),
            new InfoEntry("lines", () => string.Join('\n', _partitions.Where(IsTaken).Select(one => Printable.Of(one.Summary)))),
            new InfoEntry("left", () => Language.Fill(Words.Machine.CloneLeft, string.Join(", ", Left))) { IsWarning = true, Applies = () => Left.Count > 0 },
            new InfoEntry("kept", Kept) { Applies = () => _session.State.Facts?.Image is not null },
            new InfoEntry("then", () => Words.Machine.CloneThen),
        ],
        new FormAction("clone", Words.Machine.CloneAction, StartAsync) { IsDestructive = true }) { Help = Words.Machine.CloneHelp });

    private List<string> Left => [.. _partitions.Where(one => !IsTaken(one)).Select(one => one.Name)];

    private string NameOfConfiguration => IsMasterAlready ? _session.State.Facts!.Configuration! : _configuration.Value == New ? _name.Value.Trim() : _configuration.Value ?? "";

    private string Kept() => _session.State.Facts?.Image is { } image
        ? Language.Fill(Words.Machine.CloneKept, $"{image.Image}@{image.Version.Short}", image.CapturedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))
        : "";

    private bool IsTaken(ClonePartition partition) => _taken.Values.Contains(partition.Id);

    private async Task StartAsync(CancellationToken cancel)
    {
        // Disks of which nothing is taken stay out of the image; the others are counted from 1.
        var disks = _partitions.Where(IsTaken).Select(one => one.Disk).Distinct().ToList();
        var plans = _partitions.Where(one => disks.Contains(one.Disk)).Select(one => one.Plan(disks.IndexOf(one.Disk) + 1, IsTaken(one))).ToList();
        await SavePlanAsync(plans, cancel);
        await _session.StartAsync(JobKind.Capture, new JobOptions(), [.. disks.Select((disk, i) => DiskField.BindingOf(i + 1, disk.Disk))], cancel);
    }

    private async Task SavePlanAsync(List<PartitionPlan> plans, CancellationToken cancel)
    {
        var name = NameOfConfiguration;
        if (!IsMasterAlready && _configuration.Value == New)
        {
            await _session.Account.AskAsync(client => client.CallAsync(ConfigurationApi.Add, new NewConfiguration(name, Partitions: plans), cancel));
            _configuration.Value = name; // a second try after a failure finds it there
        }
        else
        {
            await _session.Account.AskAsync(client => client.CallAsync(ConfigurationApi.Change, new ConfigurationChange(Partitions: plans), cancel, name));
        }

        if (!IsMasterAlready)
        {
            var host = _session.State.Facts?.Name ?? throw MachineErrors.NotRegistered();
            await _session.Account.AskAsync(client => client.CallAsync(ConfigurationApi.SetMaster, new MasterChange(host), cancel, name));
        }
    }
}
