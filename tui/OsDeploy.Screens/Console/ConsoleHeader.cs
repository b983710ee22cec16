using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console;

/// <summary>What the top of every screen says: whose appliance, where, how much room, what runs, and whether it answers.</summary>
internal static class ConsoleHeader
{
    public static string Left(Snapshot now) => now.Status is { } status
        ? string.Join("  ", new[] { Printable.Of(status.Name, 40), string.Join(' ', status.Addresses) }.Where(part => part.Length > 0))
        : Words.Console.Title;

    /// <param name="at">The appliance's clock.</param>
    public static string Right(Snapshot now, Operator? who, DateTimeOffset at, TimeZoneInfo zone)
    {
        var parts = new[]
        {
            now.LostSince is { } since ? Language.Fill(Words.Console.Reconnecting, Times.Clock(since, zone)) : "",
            now.Status is { IsOnReserve: true } ? Words.Console.OnReserve : "",
            now.Status is { Alarms.Count: > 0 and var alarms } ? Language.Count(alarms, Words.Console.AlarmsOne, Words.Console.AlarmsOther) : "",
            now.ActiveJobs.Count() is > 0 and var jobs ? Language.Count(jobs, Words.Common.JobsOne, Words.Common.JobsOther) : "",
            now.Status is { Store: var store } ? Language.Fill(Words.Console.Free, Sizes.Of(store.FreeBytes)) : "",
            who?.Name ?? "",
            Times.Clock(at, zone),
        };
        return string.Join("  ", parts.Where(part => part.Length > 0));
    }
}
