using OsDeploy.Api.Accounts;
using OsDeploy.Api.Appliance;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>What <c>status --json</c> prints.</summary>
internal sealed record Standing(string Address, Operator Operator, ApplianceStatus Appliance);

/// <summary>An appliance, its alarms and its audit log, for people.</summary>
internal static class ApplianceText
{
    public static void Write(TextWriter writer, Standing standing, TimeProvider clock)
    {
        var status = standing.Appliance;
        new Facts()
            .Add("appliance", $"{status.Name} at {standing.Address}")
            .Add("logged in as", $"{standing.Operator.Name} ({Words.Of(standing.Operator.Role)})")
            .Add("program", status.Program)
            .Add("fingerprint", status.Fingerprint)
            .Add("serves", string.Join(", ", status.Addresses))
            .Add("runs since", LocalTime.Of(clock, status.StartedAt))
            .Add("hosts", $"{status.Hosts}, {status.HostsSeen} seen, {status.HostsWithoutConfiguration} without a configuration, {status.Pending} computers wait for approval")
            .Add("jobs", $"{status.JobsRunning} running, {status.JobsWaiting} waiting, {status.JobsFrozen} frozen")
            .Add("network boot", status.Boot)
            .Add("store", $"{status.Store.Images} images, {status.Store.Versions} versions, {Sizes.Of(status.Store.FreeBytes)} free")
            .Add("damaged", status.Store.DamagedChunks > 0 ? $"{status.Store.DamagedChunks} chunks: capture again, or start a job of kind heal" : null)
            .Add("last read through", LocalTime.Of(clock, status.Store.ScrubbedAt))
            .Add("documents", Sizes.Of(status.DocumentBytes))
            .Add("disk", status.IsOnReserve ? "full: the appliance lives on its reserve, captures are refused" : null)
            .Write(writer);
        if (status.Alarms.Count > 0)
        {
            writer.WriteLine();
            WriteAlarms(writer, status.Alarms, clock);
        }
    }

    public static void WriteAlarms(TextWriter writer, IReadOnlyList<Alarm> alarms, TimeProvider clock)
    {
        if (alarms.Count == 0)
        {
            writer.WriteLine("No alarms.");
        }

        foreach (var alarm in alarms)
        {
            writer.WriteLine($"{LocalTime.Of(clock, alarm.At)}  {Printable.Of(alarm.Message)}   [{Printable.Of(alarm.Code)}]");
            writer.WriteLine("  " + Printable.Of(alarm.Hint));
            writer.WriteLine($"  osdeploy alarm dismiss {Printable.Of(alarm.Id)}");
        }
    }

    public static void WriteAudit(TextWriter writer, AuditPage page, TimeProvider clock)
    {
        var table = new TextTable(">NUMBER", "WHEN", "WHO", "DID", "TO", "DETAIL");
        foreach (var line in page.Lines)
        {
            table.Add($"{line.Number}", LocalTime.Of(clock, line.At), line.Actor, line.Action, line.Subject, line.Detail);
        }

        table.Write(writer);
    }
}
