using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Benchmarks.Machine;
using OsDeploy.Benchmarks.Rooms;
using OsDeploy.Images;
using OsDeploy.Lab.Wires;

namespace OsDeploy.Benchmarks.Streams;

/// <summary>
/// Restores a room: the real daemon with the data of a capture, the real agents with empty disks, each in a network of its own behind a link of
/// a given speed. They share one processor, which no real room does.
/// </summary>
/// <param name="data">The daemon's; its image is that of the configuration <c>bench</c>.</param>
/// <param name="password">Of its operator.</param>
/// <param name="folder">For what the programs keep.</param>
internal sealed class StreamedRoomRun(StreamedRoomPlan plan, RoomPrograms programs, string data, string password, string folder, TimeProvider time)
{
    private const string Configuration = "bench";
    private const string Written = "write: ";

    public async Task<StreamedRoomFigures> RunAsync(CancellationToken cancel)
    {
        await using var network = await SwitchedNetwork.CreateAsync("osdro", plan.Receivers + 1, plan.LinkRate, cancel);
        if (plan.Mishap == RoomMishap.Slow)
        {
            await network.LimitAsync(plan.Receivers, plan.SlowRate);
        }

        var daemon = network[0].Start(programs.Osdeployd, "--data", data, "--listen", $"{SwitchedNetwork.AddressOf(0)}:8443", "--allow-lab");
        var key = await KeyAsync(daemon, cancel);
        var access = new ApplianceAccess("unix:" + Path.Combine(data, "osdeployd.sock"), key, password, (await network[0].ProcessesAsync())[0]);
        await using var person = await RoomOperator.LogInAsync(access, Configuration, time, cancel);
        var manifest = await person.ReadManifestAsync(cancel);
        await using var disks = await EmptyDisks.MakeAsync(folder, plan.Receivers, manifest.Disks[0].Size, UsedBytesOf(manifest), cancel);
        var hosts = new RoomHosts(network, disks, (await person.HostNamesAsync(cancel)).Count, manifest.Firmware == "any" ? "uefi" : manifest.Firmware, programs.Osdeploy, key, folder);
        try
        {
            await person.LimitStreamsAsync(plan.LinkBytesPerSecond, cancel);
            return await MeasureAsync(new StreamedRoom(plan, hosts, person, time), person, await network[0].ProcessesAsync(), cancel);
        }
        finally
        {
            // Before their disks go.
            for (var member = 1; member < network.Count; member++)
            {
                await network[member].EndProgramsAsync();
            }
        }
    }

    private async Task<StreamedRoomFigures> MeasureAsync(StreamedRoom room, RoomOperator person, IReadOnlyList<int> daemon, CancellationToken cancel)
    {
        await room.GatherAsync(cancel);
        var cpu = await room.CpuAsync(daemon);
        var batch = await room.StartAsync(cancel);
        await room.BeginAsync(batch, cancel);
        var (began, before) = (time.GetUtcNow(), cpu());
        await room.StrikeAsync(batch, cancel);
        var jobs = await room.EndAsync(batch, cancel);
        var after = cpu();
        List<Job> healthy = [.. jobs.Take(plan.Healthy)];
        var logs = await Task.WhenAll(healthy.Select(job => person.LogAsync(job, cancel)));
        var seconds = healthy.Max(job => SecondsTo(job.EndedAt));
        return new StreamedRoomFigures(
            plan.Healthy,
            plan.LinkBytesPerSecond,
            seconds,
            logs.Max(log => SecondsTo(log.LastOrDefault(line => line.Text.StartsWith(Written, StringComparison.Ordinal))?.At)),
            plan.Mishap == RoomMishap.Late ? SecondsTo(jobs[^1].EndedAt) : seconds,
            (long)healthy.Average(job => job.Figures?.Fetched ?? 0),
            healthy.Max(job => job.Figures?.Used ?? 0),
            jobs.Count(job => job.Outcome == JobOutcome.Verified),
            after.Sender - before.Sender,
            after.Hosts - before.Hosts,
            logs[0].LastOrDefault(line => line.Text.Contains("chunks c", StringComparison.Ordinal))?.Text,
            jobs.Take(plan.Awaited).FirstOrDefault(job => job.Fault is not null)?.Fault?.Message);

        double SecondsTo(DateTimeOffset? moment) => ((moment ?? began) - began).TotalSeconds;
    }

    private async Task<ServerKey> KeyAsync(Task<CommandResult> daemon, CancellationToken cancel)
    {
        var key = StartingDaemon.AwaitAsync(data, time, cancel);
        if (await Task.WhenAny(key, daemon) == daemon)
        {
            var result = await daemon;
            throw Errors.ProgramEnded("osdeployd", result.Output + result.ErrorOutput);
        }

        return await key;
    }

    private static long UsedBytesOf(Manifest manifest) => manifest.Regions().Sum(region => region.UsedBytes);
}
