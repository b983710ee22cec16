using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Personalisation;

/// <summary>Where a host belongs after a restore: its own values over those of its configuration. Pure.</summary>
public static class JoinPlan
{
    public static Joining Of(Configuration? configuration, Host host, JobOptions options)
    {
        var (own, lower) = (host.Join ?? new JoinSettings(), configuration?.Join ?? new JoinSettings());
        var domain = Said(own.Domain ?? lower.Domain);

        // A unit of the configuration's domain is nowhere in another one.
        var isSameDomain = string.Equals(domain, Said(lower.Domain), StringComparison.OrdinalIgnoreCase);
        var unit = own.MachineOu ?? (isSameDomain ? lower.MachineOu : null);
        return new Joining(domain, domain is null ? null : Said(unit), Said(own.Workgroup ?? lower.Workgroup), options.NoJoin);
    }

    private static string? Said(string? text) => text is null or "" or JoinSettings.None ? null : text;
}
