using OsDeploy.Api.Boot;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;

namespace OsDeploy.Server.Boot;

/// <summary>Who names a client build.</summary>
internal static class BuildUse
{
    /// <returns>In words; null: nobody.</returns>
    public static string? Of(string id, BootSettings settings, HostRegistry hosts, ConfigurationRegistry configurations) =>
        settings.Options.Build == id ? "the options of the appliance name it"
        : settings.Rules.FirstOrDefault(rule => rule.Build == id) is { } rule ? $"a rule for {rule.First} to {rule.Last} names it"
        : configurations.NameWithBuild(id) is { } configuration ? $"configuration {configuration} names it"
        : hosts.NameWithBuild(id) is { } host ? $"host {host} names it"
        : null;
}
