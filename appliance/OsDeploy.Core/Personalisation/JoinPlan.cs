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
        var workgroup = Said(own.Workgroup ?? lower.Workgroup);

        // A host that is to stay out gets by without what its systems would be asked for.
        var staysOut = own.Domain == JoinSettings.None && workgroup is null;
        return new Joining(domain, domain is null ? null : Said(unit), workgroup, options.NoJoin || staysOut);
    }

    private static string? Said(string? text) => text is null or "" or JoinSettings.None ? null : text;
}
