using OsDeploy.Api.Jobs;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>Jobs started together, before, while and after they run, for people.</summary>
internal static class BatchText
{
    /// <summary>What starting would do, host by host, and what rules a host out.</summary>
    public static void WriteOutlook(TextWriter writer, IReadOnlyList<HostOutlook> hosts)
    {
        var table = new TextTable("HOST", "DISKS", "RULED OUT BY, OR TO KNOW");
        foreach (var host in hosts)
        {
            var remark = host.Obstacle is { } fault ? $"OUT: {fault.Message} [{fault.Code}]" : string.Join("; ", new[] { host.Note, host.Becomes }.Where(part => part is not null));
            table.Add(host.Name, host.Disks.Count > 0 ? JobText.DiskOf(host.Disks[0]) : "-", remark);
            foreach (var disk in host.Disks.Skip(1))
            {
                table.Add("", JobText.DiskOf(disk), "");
            }
        }

        table.Write(writer);
    }

    public static void WriteStarted(TextWriter writer, BatchAnswer answer, BatchRequest request, TimeProvider clock)
    {
        var (number, ruledOut) = (JobText.NumberOf(answer.Batch), answer.Hosts.Count(host => host.Obstacle is not null));
        var when = request.At is { } at ? $", not before {LocalTime.Of(clock, at)}" : "";
        writer.WriteLine($"Batch {number}: {JobKinds.Of(request.Kind)} on {Words.Count(answer.Hosts.Count - ruledOut, "host")}{when}; {ruledOut} left out.");
        writer.WriteLine($"`osdeploy job watch {number}` shows how it goes.");
    }

    public static void WriteList(TextWriter writer, IReadOnlyList<BatchView> batches, TimeProvider clock)
    {
        var table = new TextTable(">BATCH", "KIND", "BY", "STARTED", "ENDED", ">RATE", ">VERIFIED", ">FAILED", ">SKIPPED", ">RUNNING", ">WAITING", "NOT SEEN");
        foreach (var view in batches)
        {
            var batch = view.Batch;
            table.Add(JobText.NumberOf(batch.Id), JobKinds.Of(batch.Kind), batch.CreatedBy, LocalTime.Of(clock, batch.At ?? batch.CreatedAt), LocalTime.Of(clock, batch.EndedAt),
                view.BytesPerSecond > 0 ? Sizes.Of((long)view.BytesPerSecond) + "/s" : "-", $"{view.Verified}", $"{view.Failed}", $"{view.Skipped}",
                $"{view.Running}", $"{view.Waiting}", string.Join(", ", view.NotSeen));
        }

        table.Write(writer);
        foreach (var (batch, hook) in batches.SelectMany(view => view.Batch.Hooks.Where(hook => hook.ExitCode != 0).Select(hook => (view.Batch, hook))))
        {
            writer.WriteLine($"Batch {JobText.NumberOf(batch.Id)}: the hook {Printable.Of(hook.Hook)} did not end well: {Printable.Of(hook.Output.Split('\n')[^1], 300)}");
        }
    }

    /// <summary><c>batch 12: 3 running, 10 waiting, 2 verified</c></summary>
    public static string SummaryOf(string batch, IReadOnlyList<JobView> jobs)
    {
        var words = jobs.GroupBy(view => view.Job.Outcome is { } outcome ? Words.Of(outcome) : Words.Of(view.Job.State))
            .OrderByDescending(group => group.Count())
            .Select(group => $"{group.Count()} {group.Key}");
        return $"batch {JobText.NumberOf(batch)}: {string.Join(", ", words)}";
    }

    /// <summary>What needs a person after the end: why jobs failed, and warnings.</summary>
    public static void WriteEnd(TextWriter writer, string batch, IReadOnlyList<JobView> jobs)
    {
        foreach (var job in jobs.Select(view => view.Job).Where(job => job.Fault is not null || job.Warnings.Count > 0))
        {
            writer.WriteLine($"{Printable.Of(job.HostName)} (job {JobText.NumberOf(job.Id)}): {JobText.StateOf(job)}");
            foreach (var warning in job.Warnings)
            {
                writer.WriteLine("Warning: " + Printable.Of(warning, 1000));
            }

            if (job.Fault is { } fault)
            {
                JobText.WriteFault(writer, fault);
            }
        }

        writer.WriteLine(SummaryOf(batch, jobs));
    }
}
