using System.Globalization;
using System.Text.Json;
using OsDeploy.Lab.Disks;
using OsDeploy.Lab.Pcs;
using OsDeploy.Lab.Rooms;

namespace OsDeploy.Lab.Demo;

/// <summary>
/// The main job with nobody touching a PC: the first registers, becomes master and is captured; the others are switched on, restore themselves
/// and start their own disks under their own names; the disks are then compared with the master's file by file.
/// </summary>
internal sealed class DemoRun(Classroom classroom, Action<string> say, CancellationToken cancel)
{
    private const string Room = "r101";
    private const string Configuration = "classroom";
    private static readonly TimeSpan s_start = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_whole = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    private readonly long _began = TimeProvider.System.GetTimestamp();

    private LabAppliance Appliance => classroom.Appliance;

    /// <returns>The summary.</returns>
    /// <exception cref="UserErrorException">Something did not work; what is said why.</exception>
    public async Task<string> RunAsync()
    {
        if (classroom.Pcs.Count < 2)
        {
            throw LabErrors.UsageDemoPcs();
        }

        Say("A disk with a small Linux and a partition as Windows has them is made for PC 1.");
        await classroom.Pc(1).PutMasterDiskAsync(classroom.Plan.Programs.Client, cancel);
        await Appliance.DoAsync("room", "add", Room);
        await Appliance.DoAsync("config", "add", Configuration, "--partition", "3:os=Linux", "--partition", "4:grow");
        await Appliance.DoAsync("room", "set", Room, "--config", Configuration);
        List<DemoRow> rows = [await CaptureAsync(classroom.Pc(1))];
        rows.AddRange(await RestoreAsync([.. classroom.Pcs.Skip(1)]));
        return DemoTable.Of(rows, Elapsed(_began));
    }

    private async Task<DemoRow> CaptureAsync(LabPc pc)
    {
        Say($"PC {pc.Number} ({DemoTable.Words(pc.Firmware)}) is switched on, and starts from the network.");
        var on = TimeProvider.System.GetTimestamp();
        _ = pc.SwitchOn();
        await UntilAsync($"PC {pc.Number} reaching the appliance", s_start, async () => (await Appliance.AskAsync("host", "list", "--pending")).ToString().Contains(pc.Mac, StringComparison.OrdinalIgnoreCase));
        var reached = Elapsed(on);
        var host = (await Appliance.AskAsync("host", "approve", pc.Mac, "--room", Room)).GetProperty("host").GetProperty("name").GetString()!;
        await Appliance.DoAsync("config", "master", Configuration, host);
        Say($"It is registered as {host}, and is the master. Its disk is captured.");
        await Appliance.DoAsync("job", "start", "capture", host, "--yes", "--watch");
        var job = await JobOfAsync(host);
        await pc.SwitchOffAsync();
        return new DemoRow(pc.Number, pc.Firmware, reached, "capture, " + job.Outcome, job.Took, null, null);
    }

    private async Task<IReadOnlyList<DemoRow>> RestoreAsync(IReadOnlyList<LabPc> pcs)
    {
        var hosts = new List<string>();
        foreach (var pc in pcs)
        {
            await pc.PutEmptyDiskAsync();
            hosts.Add(Name(pc));
            await Appliance.DoAsync("host", "add", "--mac", pc.Mac, "--name", Name(pc), "--room", Room);
        }

        await Appliance.DoAsync(["job", "start", "restore", .. hosts, "--yes", "--count", hosts.Count.ToString(CultureInfo.InvariantCulture), .. OtherFirmware]);
        Say($"{string.Join(" and ", hosts)} have a job; their disks are empty. They are switched on.");
        return await Task.WhenAll(pcs.Select(RestoreAsync));
    }

    private async Task<DemoRow> RestoreAsync(LabPc pc)
    {
        var on = TimeProvider.System.GetTimestamp();
        var machine = pc.SwitchOn();
        await UntilAsync($"{Name(pc)} taking its job", s_start, async () => (await JobOfAsync(Name(pc))).IsTaken);
        var reached = Elapsed(on);
        Say($"{Name(pc)} ({DemoTable.Words(pc.Firmware)}) has taken its job.");
        await HearAsync(machine, LabLinux.Marker + Name(pc));
        var own = Elapsed(on);
        var job = await JobOfAsync(Name(pc));
        Say($"{Name(pc)} is restored ({job.Outcome}), has started its own disk, and knows its name.");
        await pc.SwitchOffAsync();
        return new DemoRow(pc.Number, pc.Firmware, reached, "restore, " + job.Outcome, job.Took, own, await CompareAsync(pc));
    }

    private async Task<int> CompareAsync(LabPc pc)
    {
        var (master, copy) = (await PartitionFiles.OfDiskAsync(classroom.Pc(1).DiskFile, cancel), await PartitionFiles.OfDiskAsync(pc.DiskFile, cancel));
        for (var i = 0; i < master.Count; i++)
        {
            if (i >= copy.Count || copy[i] != master[i])
            {
                throw LabErrors.FilesDiffer(pc.Number, i + 1);
            }
        }

        return master.Sum(partition => partition.Count);
    }

    // The last one of a host.
    private async Task<(string Outcome, TimeSpan Took, bool IsTaken)> JobOfAsync(string host)
    {
        var jobs = await Appliance.AskAsync("job", "list", "--host", host);
        var job = jobs.EnumerateArray().Select(view => view.GetProperty("job")).OrderBy(job => job.GetProperty("id").GetString(), StringComparer.Ordinal).Last();
        var (started, ended) = (TimeOf(job, "startedAt"), TimeOf(job, "endedAt"));
        var word = job.GetProperty("outcome").GetString() ?? job.GetProperty("state").GetString()!;
        return (JsonNamingPolicy.CamelCase.ConvertName(word), (ended - started) ?? TimeSpan.Zero, started is not null);
    }

    private async Task HearAsync(QemuPc pc, string text)
    {
        try
        {
            await pc.WaitForAsync(text, s_whole, cancel);
        }
        catch (TimeoutException e)
        {
            throw LabErrors.NotInTime($"{pc.Parts.Name} saying \"{text}\"", e);
        }
    }

    private async Task UntilAsync(string what, TimeSpan deadline, Func<Task<bool>> isSo)
    {
        using var timer = new PeriodicTimer(s_look);
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (Elapsed(began) > deadline)
            {
                throw LabErrors.NotInTime(what, new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"not in {deadline.TotalMinutes:0} minutes")));
            }

            await timer.WaitForNextTickAsync(cancel);
        }
    }

    // The lab's master starts under a BIOS as well as under UEFI; an image usually does not, and a restore refuses it.
    private string[] OtherFirmware => classroom.Pcs.Select(pc => pc.Firmware == PcFirmware.Bios).Distinct().Count() > 1 ? ["--allow-other-firmware"] : [];

    private static string Name(LabPc pc) => string.Create(CultureInfo.InvariantCulture, $"{Room}-{pc.Number:00}");

    private static DateTimeOffset? TimeOf(JsonElement job, string name) => job.GetProperty(name) is { ValueKind: JsonValueKind.String } time ? time.GetDateTimeOffset() : null;

    private static TimeSpan Elapsed(long since) => TimeProvider.System.GetElapsedTime(since);

    private void Say(string text) => say(string.Create(CultureInfo.InvariantCulture, $"{Elapsed(_began):mm\\:ss}  {text}"));
}
