using OsDeploy.Api.Configurations;
using OsDeploy.Personalisation;

namespace OsDeploy.Server.Configurations;

/// <summary>Where a configuration or a host may say that hosts belong.</summary>
internal static class JoinRules
{
    /// <summary>In a change null leaves a value as it is, and an empty text takes it away.</summary>
    /// <returns>Null: nothing is said.</returns>
    /// <exception cref="UserErrorException"><c>domain-invalid</c>, <c>ou-invalid</c>, <c>workgroup-invalid</c></exception>
    public static JoinSettings? Changed(JoinSettings? before, JoinSettings? change)
    {
        if (change is null)
        {
            return before;
        }

        var after = new JoinSettings(
            Value(before?.Domain, change.Domain, JoinNames.IsDomain, ConfigurationErrors.DomainInvalid),
            Value(before?.MachineOu, change.MachineOu, JoinNames.IsUnit, ConfigurationErrors.UnitInvalid),
            Value(before?.Workgroup, change.Workgroup, JoinNames.IsWorkgroup, ConfigurationErrors.WorkgroupInvalid));
        return after == new JoinSettings() ? null : after;
    }

    /// <summary>For the audit log: each with a comma before it.</summary>
    public static string Words(JoinSettings? join) => string.Concat(
        new[] { ("domain", join?.Domain), ("ou", join?.MachineOu), ("workgroup", join?.Workgroup) }.Where(one => one.Item2 is not null).Select(one => $", {one.Item1} {one.Item2}"));

    private static string? Value(string? before, string? asked, Func<string, bool> isValid, Func<string, UserErrorException> refusal)
    {
        if (asked is null)
        {
            return before;
        }

        var text = asked.Trim();
        return text.Length == 0 ? null
            : text == JoinSettings.None || isValid(text) ? text
            : throw refusal(text);
    }
}
