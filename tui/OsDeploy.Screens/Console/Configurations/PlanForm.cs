using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>What one partition holds and what becomes of it at a restore, in the cloneTool's order of questions.</summary>
internal sealed class PlanForm
{
    private readonly ConsoleContext _context;
    private readonly PartitionPlan _plan;
    private readonly TextEntry _description;
    private readonly ChoiceEntry _os;
    private readonly ChoiceEntry _join;
    private readonly SecretEntry _productId;
    private readonly ChoiceEntry _use;
    private readonly ChoiceEntry _format;
    private readonly CheckEntry _grow;
    private ConfigurationView _view;

    /// <param name="plan">As it is; of a partition nobody has said anything about, its numbers.</param>
    public PlanForm(ConsoleContext context, ConfigurationView view, PartitionPlan plan)
    {
        (_context, _view, _plan) = (context, view, plan);
        _description = new TextEntry("description", Words.Configurations.Description, plan.Description) { MaxLength = 64 };
        _os = new ChoiceEntry("os", Words.Configurations.Os, [.. OsChoices()], plan.Os.ToString()) { Help = Words.Configurations.OsHelp };
        _join = new ChoiceEntry("join", Words.Configurations.Join, () => [.. JoinChoices(Os)], plan.Join.ToString()) { Help = Words.Configurations.JoinHelp, Applies = () => PlanText.IsWindows(Os) };
        _productId = new SecretEntry("product-id", Words.Configurations.ProductId)
        {
            IsSet = plan.ProductId is not null,
            Help = Words.Configurations.ProductIdHelp,
            Applies = () => PlanText.IsWindows(Os),
            Rule = PlanText.ProductIdRule,
        };
        _use = new ChoiceEntry("use", Words.Configurations.Use, [.. Enum.GetValues<PartitionUse>().Select(use => new Choice(use.ToString(), PlanText.UseOf(use)))], plan.Use.ToString())
        {
            Help = Words.Configurations.UseHelp,
        };
        _format = new ChoiceEntry("format", Words.Configurations.Format, [.. PlanText.Formats.Select(format => new Choice(format, format))], plan.Format ?? "ntfs")
        {
            Applies = () => Use == PartitionUse.Format,
        };
        _grow = new CheckEntry("grow", Words.Configurations.Grow, plan.Grow) { Help = Words.Configurations.GrowHelp };
        Model = new FormModel(
            Language.Fill(Words.Configurations.PlanTitle, PlanText.NumberOf(plan), view.Configuration.Name),
            [_description, _os, _join, _productId, _use, _format, _grow],
            new FormAction("save", Words.Common.Save, SaveAsync))
        {
            Help = Words.Configurations.PlanHelp,
            Rule = Contradiction,
            Equivalent = () => [new CommandLine("config", "set", view.Configuration.Name, "--partition", Setting())],
        };
    }

    public FormModel Model { get; }

    /// <summary>The plan as it is answered.</summary>
    public PartitionPlan Plan => _plan with
    {
        Description = _description.Value,
        Os = Os,
        Join = PlanText.IsWindows(Os) ? Enum.Parse<JoinMode>(_join.Value ?? nameof(JoinMode.No)) : JoinMode.No,
        ProductId = !PlanText.IsWindows(Os) ? null : _productId.Value.Length > 0 ? _productId.Value : _plan.ProductId,
        Use = Use,
        Format = Use == PartitionUse.Format ? _format.Value : null,
        Grow = _grow.Value,
    };

    private OperatingSystem Os => Enum.Parse<OperatingSystem>(_os.Value!);

    private PartitionUse Use => Enum.Parse<PartitionUse>(_use.Value!);

    // The cloneTool's order: systems by age, data last.
    private static IEnumerable<Choice> OsChoices() =>
        Enum.GetValues<OperatingSystem>().OrderBy(os => os == OperatingSystem.Data).Select(os => new Choice(os.ToString(), PlanText.OsOf(os)));

    /// <summary>Sysprep of the old systems knows workgroups; the later ones can join without it.</summary>
    private static IEnumerable<Choice> JoinChoices(OperatingSystem os) => new[]
    {
        JoinMode.Domain,
        os is OperatingSystem.Win2K or OperatingSystem.WinXP ? JoinMode.Workgroup : JoinMode.Simple,
        JoinMode.Workgroup,
        JoinMode.No,
    }.Distinct().Select(join => new Choice(join.ToString(), PlanText.JoinOf(join)));

    private string? Contradiction() =>
        Use == PartitionUse.Format && Os != OperatingSystem.Data ? Words.Configurations.FormatOfSystem
        : _grow.Value && Others().Any(other => other.Disk == _plan.Disk && other.Grow) ? Words.Configurations.GrowTwice
        : null;

    private IEnumerable<PartitionPlan> Others() => _view.Configuration.Partitions.Where(other => (other.Disk, other.Number) != (_plan.Disk, _plan.Number));

    private async Task SaveAsync(CancellationToken cancel)
    {
        IReadOnlyList<PartitionPlan> partitions = [.. Others().Append(Plan).OrderBy(plan => (plan.Disk, plan.Number))];
        try
        {
            await _context.Session.CallAsync(ConfigurationApi.Change, new ConfigurationChange(Partitions: partitions, Rev: _view.Rev), cancel, _view.Configuration.Id);
        }
        catch (UserErrorException e) when (e.Code == "changed-meanwhile")
        {
            _view = await _context.Session.CallAsync(ConfigurationApi.Show, cancel, _view.Configuration.Id);
            throw ConsoleErrors.ChangedMeanwhile(e, []);
        }
    }

    private string Setting() => PlanText.SettingOf(_plan, Plan.Description, Plan.Os, Plan.Join, _productId.Value.Length > 0, Plan.Use, Plan.Format, Plan.Grow);
}
