using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Cli.Output;

/// <summary>Where hosts belong and what they join with, for people.</summary>
internal static class JoinText
{
    public static void WriteList(TextWriter writer, IReadOnlyList<JoinAccount> accounts, TimeProvider clock)
    {
        var table = new TextTable("DOMAIN", "USER", "PASSWORD", "CHANGED", "BY");
        foreach (var account in accounts)
        {
            table.Add(account.Domain, account.User, account.Password, LocalTime.Of(clock, account.ChangedAt), account.ChangedBy);
        }

        table.Write(writer);
    }

    /// <returns>Null: nothing is said.</returns>
    public static string? LineOf(JoinSettings? join)
    {
        string?[] said =
        [
            join?.Domain is { } domain ? domain == JoinSettings.None ? "no domain" : $"domain {domain}" : null,
            join?.MachineOu is { } unit ? unit == JoinSettings.None ? "no unit" : unit : null,
            join?.Workgroup is { } workgroup ? workgroup == JoinSettings.None ? "no workgroup" : $"workgroup {workgroup}" : null,
        ];
        return string.Join(", ", said.OfType<string>()) is { Length: > 0 } line ? line : null;
    }

    public static string? LineOf(OfflineJoin? offline, TimeProvider clock) => offline switch
    {
        null => null,
        { Job: { } job } => $"{offline.Data}, used by job {JobText.NumberOf(job)} at {LocalTime.Of(clock, offline.UsedAt)}",
        _ => $"{offline.Data} at {LocalTime.Of(clock, offline.SetAt)} by {offline.SetBy}, for one restore",
    };

    public static string? LineOf(JoinedAs? joined, TimeProvider clock) => joined is null ? null
        : $"{joined.Domain} as {joined.Name} by {joined.Account ?? "a file of djoin"} at {LocalTime.Of(clock, joined.At)}";
}
