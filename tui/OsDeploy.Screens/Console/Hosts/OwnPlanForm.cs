using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Console.Configurations;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>A host's own values for one partition. What is left as the configuration has it follows the configuration.</summary>
internal sealed class OwnPlanForm
{
    private const string Yes = "yes";
    private const string No = "no";

    private readonly ConsoleContext _context;
    private readonly PartitionPlan _plan;
    private readonly PartitionOverride _own;
    private readonly TextEntry _description;
    private readonly ChoiceEntry _os;
    private readonly ChoiceEntry _join;
    private readonly SecretEntry _productId;
    private readonly ChoiceEntry _use;
    private readonly ChoiceEntry _format;
    private readonly ChoiceEntry _grow;
    private HostView _before;

    /// <param name="plan">As a restore of this host takes it.</param>
    public OwnPlanForm(ConsoleContext context, HostView host, PartitionPlan plan)
    {
        (_context, _before, _plan) = (context, host, plan);
        _own = host.Host.Overrides.FirstOrDefault(own => (own.Disk, own.Number) == (plan.Disk, plan.Number)) ?? new PartitionOverride(plan.Disk, plan.Number);
        _description = new TextEntry("description", Words.Configurations.Description, _own.Description ?? "") { MaxLength = 64, Help = Words.Hosts.OwnEmpty };
        _os = Choice("os", Words.Configurations.Os, _own.Os, PlanText.OsOf);
        _join = Choice("join", Words.Configurations.Join, _own.Join, PlanText.JoinOf);
        _productId = new SecretEntry("product-id", Words.Configurations.ProductId) { IsSet = _own.ProductId is { Length: > 0 }, Rule = PlanText.ProductIdRule, Help = Words.Configurations.ProductIdHelp };
        _use = Choice("use", Words.Configurations.Use, _own.Use, PlanText.UseOf);
        _format = Choice("format", Words.Configurations.Format, PlanText.Formats.Select(format => new Choice(format, format)), _own.Format);
        _grow = Choice("grow", Words.Configurations.Grow, [new Choice(Yes, Words.Common.Yes), new Choice(No, Words.Common.No)], _own.Grow switch { null => null, true => Yes, false => No });
        var number = PlanText.NumberOf(plan);
        var verb = new CommandLine("host", "set", host.Host.Name.ToString(), "--partition");
        Model = new FormModel(
            Language.Fill(Words.Hosts.OwnTitle, number, host.Host.Name),
            [new InfoEntry("now", () => PlanText.Of(plan), Words.Hosts.OwnNow), _description, _os, _join, _productId, _use, _format, _grow],
            new FormAction("save", Words.Common.Save, cancel => SaveAsync(Own, cancel)),
            new FormAction("reset", Words.Hosts.OwnReset, cancel => SaveAsync(null, cancel)) { IsDestructive = true })
        {
            Help = Words.Hosts.OwnHelp,
            Equivalent = () => [verb.With(Setting())],
        };
    }

    public FormModel Model { get; }

    /// <summary>As it is answered.</summary>
    public PartitionOverride Own => _own with
    {
        Description = _description.Value.Length > 0 ? _description.Value : null,
        Os = ValueOf<OperatingSystem>(_os),
        Join = ValueOf<JoinMode>(_join),
        ProductId = _productId.Value.Length > 0 ? _productId.Value : _own.ProductId,
        Use = ValueOf<PartitionUse>(_use),
        Format = ValueOf(_format),
        Grow = ValueOf(_grow) is { } grow ? grow == Yes : null,
    };

    private static ChoiceEntry Choice<T>(string id, string label, T? own, Func<T, string> textOf)
        where T : struct, Enum => Choice(id, label, Enum.GetValues<T>().Select(value => new Choice(value.ToString(), textOf(value))), own?.ToString());

    private static ChoiceEntry Choice(string id, string label, IEnumerable<Choice> values, string? own) =>
        new(id, label, [new Choice(Choices.None, Words.Hosts.OwnAsConfiguration), .. values], own ?? Choices.None);

    private static string? ValueOf(ChoiceEntry field) => string.IsNullOrEmpty(field.Value) ? null : field.Value;

    private static T? ValueOf<T>(ChoiceEntry field)
        where T : struct, Enum => ValueOf(field) is { } value ? Enum.Parse<T>(value) : null;

    private async Task SaveAsync(PartitionOverride? own, CancellationToken cancel)
    {
        var empty = new PartitionOverride(_plan.Disk, _plan.Number);
        if ((own ?? empty) == _own)
        {
            throw ConsoleErrors.NothingToChange();
        }

        var others = _before.Host.Overrides.Where(other => (other.Disk, other.Number) != (_plan.Disk, _plan.Number));
        IReadOnlyList<PartitionOverride> all = [.. own is null || own == empty ? others : others.Append(own).OrderBy(one => (one.Disk, one.Number))];
        try
        {
            await _context.Session.CallAsync(HostApi.Change, new HostChange(Overrides: all, Rev: _before.Rev), cancel, _before.Host.Id);
        }
        catch (UserErrorException e) when (e.Code == "changed-meanwhile")
        {
            _before = await _context.Session.CallAsync(HostApi.Show, cancel, _before.Host.Id);
            throw ConsoleErrors.ChangedMeanwhile(e, []);
        }
    }

    private string Setting() => PlanText.SettingOf(_plan, Own.Description, Own.Os, Own.Join, _productId.Value.Length > 0, Own.Use, Own.Format, Own.Grow);
}
