using OsDeploy.Api.Configurations;
using OsDeploy.Personalisation;
using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Console.Domains;

/// <summary>The questions where a host, or the hosts of a configuration, belong.</summary>
internal sealed class JoinFields(JoinSettings? before)
{
    private const int MaxUnit = 512;
    private const int MaxDomain = 255;

    private readonly TextEntry _domain = new("domain", Words.Domains.Domain, before?.Domain ?? "") { MaxLength = MaxDomain, Rule = DomainRule, Help = Words.Domains.DomainHelp };
    private readonly TextEntry _unit = new("ou", Words.Domains.Unit, before?.MachineOu ?? "") { MaxLength = MaxUnit, Rule = UnitRule, Help = Words.Domains.UnitHelp };
    private readonly TextEntry _workgroup = new("workgroup", Words.Domains.Workgroup, before?.Workgroup ?? "") { MaxLength = JoinNames.MaxNetBios, Rule = WorkgroupRule, Help = Words.Domains.WorkgroupHelp };

    public IReadOnlyList<FormField> All => [_domain, _unit, _workgroup];

    /// <summary>What is different from what was there; null: nothing.</summary>
    public JoinSettings? Change => _domain.IsChanged || _unit.IsChanged || _workgroup.IsChanged ? new JoinSettings(ChangeOf(_domain), ChangeOf(_unit), ChangeOf(_workgroup)) : null;

    /// <summary>As the command line takes them.</summary>
    public CommandLine Command(CommandLine verb) =>
        verb.Option("--domain", Change?.Domain).Option("--ou", Change?.MachineOu).Option("--workgroup", Change?.Workgroup);

    public static string? DomainRule(string text) => IsNone(text) || JoinNames.IsDomain(text) ? null : Words.Domains.DomainRule;

    private static string? UnitRule(string text) => IsNone(text) || JoinNames.IsUnit(text) ? null : Words.Domains.UnitRule;

    private static string? WorkgroupRule(string text) => IsNone(text) || JoinNames.IsWorkgroup(text) ? null : Words.Domains.WorkgroupRule;

    private static bool IsNone(string text) => text == JoinSettings.None;

    private static string? ChangeOf(TextEntry field) => field.IsChanged ? field.Value : null;
}
