using OsDeploy.Api.Accounts;
using OsDeploy.Api.Health;

namespace OsDeploy.Api;

/// <summary>How the appliance itself is: its disks, its clock, its services.</summary>
public static class HealthApi
{
    /// <summary>What was found at the last look, which is not older than ten minutes.</summary>
    public static ApiRoute<Nothing, HealthReport> Show { get; } =
        new("GET", "/api/v1/health", Access.Of(Right.View), null, ApiJson.Default.HealthReport) { Patience = TimeSpan.FromMinutes(3) };

    /// <summary>
    /// Answers what somebody needs who is to find a fault, as a <c>.tar.gz</c>: states, settings, jobs, the audit log's end and the system's
    /// journal. There is no secret in it.
    /// </summary>
    public static ApiRoute SupportBundle { get; } = new("GET", "/api/v1/support-bundle", 0, Access.Of(Right.Administer)) { Patience = TimeSpan.FromMinutes(10) };

    public static IReadOnlyList<ApiRoute> All { get; } = [Show, SupportBundle];
}
