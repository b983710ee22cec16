using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>Says which disks of a host a job means, when it cannot tell by itself. Disks go by serial number or WWN, never by kernel name.</summary>
internal sealed class DiskChoiceForm
{
    private readonly ConsoleContext _context;
    private readonly JobView _job;
    private readonly List<ChoiceEntry> _disks;

    private DiskChoiceForm(ConsoleContext context, JobView job, Inventory inventory, int count)
    {
        (_context, _job) = (context, job);
        var choices = inventory.Disks.Where(disk => NameOf(disk).Length > 0 && (job.Job.Options.AllowRemovable || !disk.IsRemovable)).Select(disk => new Choice(NameOf(disk), HostFacts.DiskText(disk))).ToList();
        _disks = [.. Enumerable.Range(1, count).Select(number => new ChoiceEntry($"disk-{number}", Language.Fill(Words.Jobs.ImageDisk, number), choices))];
        Model = new FormModel(
            Language.Fill(Words.Jobs.DisksTitle, job.Job.HostName),
            [new InfoEntry("awaits", () => job.Awaits ?? ""), .. _disks],
            new FormAction("choose", Words.Common.Ok, ChooseAsync) { IsDestructive = JobText.IsDestructive(job.Job.Kind) })
        {
            Help = Words.Jobs.DisksHelp,
            Rule = () => _disks.Select(field => field.Value).Distinct().Count() == _disks.Count ? null : Words.Jobs.DiskTwice,
            Equivalent = () => [new CommandLine(["job", "disk", JobText.NumberOf(job.Job.Id), .. _disks.Select(field => field.Value ?? "SERIAL")])],
        };
    }

    public FormModel Model { get; }

    /// <summary>Reads what the host has, and how many disks the image has.</summary>
    /// <exception cref="UserErrorException"><c>host-missing</c>, or the computer was never met.</exception>
    public static async Task<DiskChoiceForm> OpenAsync(ConsoleContext context, JobView job, CancellationToken cancel)
    {
        var host = await context.Session.CallAsync(HostApi.Show, cancel, job.Job.Host);
        var stored = job.Job.Version is { } version ? (await context.Session.CallAsync(ApplianceApi.ListStored, cancel)).FirstOrDefault(one => one.Entry.Version == version) : null;
        var count = stored is { Partitions.Count: > 0 } known ? known.Partitions.Max(partition => partition.Disk) : 1;
        return new DiskChoiceForm(context, job, host.Host.Inventory ?? throw ConsoleErrors.NeverMet(job.Job.HostName), count);
    }

    private static string NameOf(HostDisk disk) => disk.Serial ?? disk.Wwn ?? "";

    // The appliance looks the rest up: a disk is known by its serial number alone.
    private async Task ChooseAsync(CancellationToken cancel) => await _context.Session.CallAsync(
        JobApi.ChooseDisks, new DiskChoice([.. _disks.Select((field, i) => new DiskBinding(i + 1, field.Value, null, null, 0))]), cancel, _job.Job.Id);
}
