using OsDeploy.Api.Jobs;
using OsDeploy.Cli.Progress;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>Jobs for people.</summary>
internal static class JobText
{
    /// <summary>A number without the zeros that make all of them as long.</summary>
    public static string NumberOf(string? id) => string.IsNullOrEmpty(id) ? "-" : Printable.Of(id.TrimStart('0'), 40);

    public static string StateOf(Job job) => job switch
    {
        { Outcome: { } outcome } => Words.Of(outcome) + (job.Warnings.Count > 0 ? ", warnings" : ""),
        { IsCancelling: true } => "cancelling",
        { State: JobState.Scheduled, Retries: > 0 } => AttemptOf(job),
        _ => Words.Of(job.State),
    };

    /// <summary><c>attempt 2 of 3</c></summary>
    public static string AttemptOf(Job job) => $"attempt {job.Retries + 1} of {job.MostRetries + 1}";

    public static void Write(TextWriter writer, JobSettings settings) =>
        new Facts().Add("tried again", settings.Retries == 0 ? "never by itself" : $"up to {Words.Count(settings.Retries, "time")}, for reasons that may pass").Write(writer);

    public static void WriteList(TextWriter writer, IReadOnlyList<JobView> jobs, TimeProvider clock)
    {
        var table = new TextTable(">JOB", ">BATCH", "HOST", "KIND", "STATE", "STARTED", "DETAIL");
        foreach (var view in jobs)
        {
            var job = view.Job;
            table.Add(NumberOf(job.Id), NumberOf(job.Batch), job.HostName, JobKinds.Of(job.Kind), StateOf(job), LocalTime.Of(clock, job.StartedAt ?? (job.State == JobState.Scheduled ? job.StartAt : null)), DetailOf(view));
        }

        table.Write(writer);
    }

    public static void Write(TextWriter writer, JobView view, TimeProvider clock)
    {
        var job = view.Job;
        var facts = new Facts()
            .Add("job", $"{NumberOf(job.Id)} of batch {NumberOf(job.Batch)}")
            .Add("host", job.HostName)
            .Add("kind", JobKinds.Of(job.Kind))
            .Add("configuration", job.Configuration)
            .Add("image", job.Image is { } image ? $"{image}{(job.Version is { } version ? "@" + version.Short : "")}" : null)
            .Add("store", job.Store?.Url)
            .Add("options", OptionsOf(job.Options))
            .Add("state", StateOf(job))
            .Add("waits for", view.Awaits)
            .Add("attempt", job.Retries > 0 ? AttemptOf(job) : null)
            .Add("at", view.Progress is { } progress ? ProgressText.ForLog(ReadingOf(progress)) : job.Phase)
            .Add("last heard", LocalTime.Of(clock, view.HeardAt))
            .Add("created", $"{LocalTime.Of(clock, job.CreatedAt)} by {job.CreatedBy}")
            .Add("not before", job.StartAt is null ? null : LocalTime.Of(clock, job.StartAt))
            .Add("started", LocalTime.Of(clock, job.StartedAt))
            .Add("ended", LocalTime.Of(clock, job.EndedAt))
            .Add("made", job.Made?.ToString())
            .Add("moved", job.Figures is { } figures ? FiguresOf(figures) : null);
        foreach (var disk in job.Disks)
        {
            facts.Add($"disk {disk.Disk}", DiskOf(disk));
        }

        foreach (var warning in job.Warnings)
        {
            facts.Add("warning", warning);
        }

        facts.Write(writer);
        if (job.Fault is { } fault)
        {
            WriteFault(writer, fault);
        }
    }

    /// <summary>Why a job failed, at which step, and what to do about it.</summary>
    public static void WriteFault(TextWriter writer, JobFault fault)
    {
        writer.WriteLine($"{Printable.Of(fault.Message, 1000)}   [{Printable.Of(fault.Code)}, at {Printable.Of(fault.Step)}]");
        writer.WriteLine(Printable.Of(fault.Hint, 1000));
    }

    public static void WriteLog(TextWriter writer, IEnumerable<JobLogLine> lines, TimeProvider clock)
    {
        foreach (var line in lines)
        {
            writer.WriteLine($"{LocalTime.Of(clock, line.At)}  {Printable.Of(line.Text, 1000)}");
        }
    }

    /// <summary><c>SAMSUNG MZVL2, serial S64A, 238 GiB</c></summary>
    public static string DiskOf(DiskBinding disk) => string.Join(", ", new[]
    {
        disk.Model ?? "no model",
        disk.Serial is { } serial ? "serial " + serial : disk.Wwn is { } wwn ? "WWN " + wwn : "no serial",
        Sizes.Of(disk.Size),
    });

    public static ProgressReading ReadingOf(JobProgressView progress) => new(
        Printable.Of(progress.Phase, 12), progress.Done, progress.Total, TimeSpan.Zero, progress.BytesPerSecond, Printable.Of(progress.Bottleneck, 8));

    private static string DetailOf(JobView view) =>
        view.Job.Fault?.Message ?? view.Awaits ?? (view.Progress is { } progress ? ProgressText.ForLog(ReadingOf(progress)) : view.Job.Phase);

    private static string FiguresOf(JobFigures figures) =>
        $"{Sizes.Of(figures.Used)} used, {Sizes.Of(figures.Equal)} right already, {Sizes.Of(figures.Fetched)} fetched, {Sizes.Of(figures.Written)} written, "
        + $"{Sizes.Of(figures.Verified)} verified, {figures.Seconds:0} s";

    /// <summary><c>sent when 10 hosts are there or after 60 s, else not at all</c></summary>
    private static string GatheringOf(Gathering gather) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"sent when {(gather.Hosts is { } hosts ? Words.Count(hosts, "host") + " are" : "all hosts are")} there or after {gather.Seconds} s{(gather.OrAbort ? ", else not at all" : "")}");

    private static string OptionsOf(JobOptions options) => string.Join(", ", new[]
    {
        options.Partitions is { } partitions ? "partitions " + string.Join(' ', partitions) : "",
        options.TableOnly ? "table only" : "",
        options.NoJoin ? "joins nothing" : "",
        options.Full ? "full" : "",
        options.WipeFree ? "wipe free space" : "",
        options.VerifyAll ? "verify all" : "",
        options.AllowRemovable ? "removable disks allowed" : "",
        options.AllowOtherFirmware ? "other firmware allowed" : "",
        options.AllowBadSectors ? "bad sectors allowed" : "",
        options.AllowRaw ? "raw partitions allowed" : "",
        options.AllowUnprepared ? "Windows as it is" : "",
        options.WithTable ? "with table" : "",
        options.ManualName is { } name ? "name " + name : "",
        options.Version is { } version ? "version " + version : "",
        options.Transfer == TransferWish.Unicast ? "each host by HTTPS" : "",
        options.MostBytesPerSecond > 0 ? $"at most {ByteRate.WordOf(options.MostBytesPerSecond)}/s" : "",
        options.Gather is { } gather ? GatheringOf(gather) : "",
    }.Where(text => text.Length > 0));
}
