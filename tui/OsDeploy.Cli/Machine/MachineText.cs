using System.Globalization;
using OsDeploy.Agent;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using OsDeploy.Text;

namespace OsDeploy.Cli.Machine;

/// <summary>What <c>osdeploy machine</c> says, line by line.</summary>
internal static class MachineText
{
    public static string Of(Orders orders)
    {
        var line = orders.State switch
        {
            AgentState.Pending => "This computer is not registered: an operator must approve it at the server.",
            AgentState.Blocked => $"{NameOf(orders)}: an operator has blocked this computer.",
            AgentState.Job => $"{NameOf(orders)}: there is a job.",
            _ => $"{NameOf(orders)}: nothing to do.",
        };
        return orders.Awaits is { Length: > 0 } awaits ? $"{line} Waiting for: {Printable.Of(awaits)}" : line;
    }

    public static string OfWords(string words) => $"The appliance shows the same four words beside this computer, if nobody stands in between: {words}";

    public static string OfBegin(JobOrder order)
    {
        var image = order.Image is { } name ? $" {name}{(order.Version is { } version ? "@" + version.Short : "")}" : "";
        return $"{NameOf(order)}: {NameOf(order.Kind)}{image}";
    }

    /// <summary>One line for what was verified; message and hint for what was not.</summary>
    public static IEnumerable<string> OfEnd(JobOrder order, JobEnd end, int warnings)
    {
        if (end.Outcome == JobOutcome.Verified)
        {
            var figures = end.Figures is { Used: > 0 } moved ? $", {Sizes.Of(moved.Used)} used, {Sizes.Of(moved.Written)} written" : "";
            var time = end.Figures is { } timed ? $" in {Sizes.Of(TimeSpan.FromSeconds(timed.Seconds))}" : "";
            yield return $"{NameOf(order)}: verified{time}{figures}{(warnings > 0 ? string.Create(CultureInfo.InvariantCulture, $", {warnings} warning(s)") : "")}.";
            yield break;
        }

        yield return $"{NameOf(order)}: {(end.Outcome == JobOutcome.Skipped ? "skipped" : "failed")} at {end.Fault?.Step}: {end.Fault?.Message}   [{end.Fault?.Code}]";
        yield return end.Fault?.Hint ?? "";
    }

    public static string Of(PresentDisk disk) =>
        $"  {Printable.Of(disk.Path)}: {disk.Disk.Model ?? "unknown model"}, serial number {disk.Disk.Serial ?? "unknown"}, {Sizes.Of(disk.Disk.Size)}";

    private static string NameOf(Orders orders) => orders.Name is { } name
        ? Printable.Of(name) + (orders.Configuration is { } configuration ? $" ({Printable.Of(configuration)})" : "")
        : "This computer";

    private static string NameOf(JobOrder order) => "Job " + Printable.Of(order.Id, 40).TrimStart('0');

    private static string NameOf(JobKind kind) => kind switch
    {
        JobKind.Capture => "capture",
        JobKind.Restore => "restore",
        JobKind.ManualBackup => "manual backup",
        JobKind.ManualRestore => "manual restore",
        JobKind.Erase => "erase",
        JobKind.Reboot => "restart",
        JobKind.Heal => "heal the store",
        _ => "hold",
    };
}
