using OsDeploy.Api.Carousels;
using OsDeploy.Api.Jobs;
using OsDeploy.Benchmarks.Machine;
using OsDeploy.Benchmarks.Rooms;
using OsDeploy.Lab.Wires;
using OsDeploy.Text;

namespace OsDeploy.Benchmarks.Streams;

/// <summary>A room while it is restored: waits for what happens in it.</summary>
internal sealed class StreamedRoom(StreamedRoomPlan plan, RoomHosts hosts, RoomOperator person, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    // For what the appliance has written down with its time: every look costs the daemon processor time that is not the stream's.
    private static readonly TimeSpan s_lateLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    public static string Server { get; } = $"https://{SwitchedNetwork.AddressOf(0)}:8443";

    private IEnumerable<int> Seats => Enumerable.Range(1, plan.Receivers);

    /// <summary>All are switched on and registered; one that is to be late is switched off again.</summary>
    public async Task GatherAsync(CancellationToken cancel)
    {
        foreach (var seat in Seats)
        {
            await hosts.SwitchOnAsync(seat, Server, cancel);
        }

        var names = Seats.ToDictionary(hosts.MacOf, hosts.NameOf);
        await UntilAsync("all hosts are registered", s_lateLook, async () =>
        {
            await hosts.CheckAsync();
            await person.ApproveAsync(names, cancel);
            return names.Values.Except(await person.HostNamesAsync(cancel)).Any() ? null : names;
        }, cancel);
        if (plan.Mishap == RoomMishap.Late)
        {
            await hosts.SwitchOffAsync(plan.Receivers);
        }
    }

    /// <returns>Number of the batch.</returns>
    public Task<string> StartAsync(CancellationToken cancel)
    {
        var isLate = plan.Mishap == RoomMishap.Late;
        var options = new JobOptions(
            Transfer: plan.IsUnicast ? TransferWish.Unicast : TransferWish.Auto,
            Gather: plan.IsUnicast ? null : new Gathering(isLate ? plan.Healthy : null, Gathering.MostSeconds));
        return person.StartRestoreAsync([.. Seats.Select(hosts.NameOf)], options, cancel);
    }

    /// <summary>Returns when the first chunk is sent: by the stream, or to a host that has begun to write.</summary>
    public async Task BeginAsync(string batch, CancellationToken cancel)
    {
        if (plan.IsUnicast)
        {
            await UntilAsync("a host writes", s_look, async () => (await person.ProgressAsync(cancel)).FirstOrDefault(pulse => pulse.Progress?.Phase == "write"), cancel);
            return;
        }

        await UntilAsync("the stream begins", s_look, async () =>
        {
            await hosts.CheckAsync();
            await ThrowIfFailedAsync(batch, cancel);
            return await person.CarouselAsync(batch, cancel) is { State: not CarouselState.Gathering } view ? view : null;
        }, cancel);
    }

    /// <summary>The mishap, when its time has come.</summary>
    public async Task StrikeAsync(string batch, CancellationToken cancel)
    {
        if (plan.IsUnicast || plan.Mishap is not (RoomMishap.Killed or RoomMishap.Late))
        {
            return;
        }

        await UntilAsync(
            "half is sent",
            s_look,
            async () => await person.CarouselAsync(batch, cancel) is { } view && (view.State == CarouselState.Ended || view.Pass > 1 || view.Sent >= view.Planned / 2) ? view : null,
            cancel);
        await (plan.Mishap == RoomMishap.Killed ? hosts.SwitchOffAsync(plan.Receivers) : hosts.SwitchOnAsync(plan.Receivers, Server, cancel));
    }

    /// <returns>All jobs of the batch, by seat, when those that are waited for have ended.</returns>
    public async Task<IReadOnlyList<Job>> EndAsync(string batch, CancellationToken cancel) => await UntilAsync("all jobs end", s_lateLook, async () =>
    {
        var jobs = (await person.JobsAsync(batch, plan.Receivers, cancel)).ToDictionary(job => job.HostName);
        List<Job> ordered = [.. Seats.Select(seat => jobs[hosts.NameOf(seat)])];
        return ordered.Take(plan.Awaited).All(job => job.State == JobState.Ended) ? ordered : null;
    }, cancel);

    /// <summary>User and system of daemon and healthy agents, until now.</summary>
    public async Task<Func<(double Sender, double Hosts)>> CpuAsync(IReadOnlyList<int> daemon)
    {
        var agents = new List<int>();
        foreach (var seat in Seats.Take(plan.Healthy))
        {
            agents.AddRange(await hosts.ProcessesAsync(seat));
        }

        return () => (ProcessorTime.SecondsOf(daemon), ProcessorTime.SecondsOf(agents));
    }

    private async Task ThrowIfFailedAsync(string batch, CancellationToken cancel)
    {
        if ((await person.JobsAsync(batch, plan.Receivers, cancel)).FirstOrDefault(job => job.Fault is not null)?.Fault is { } fault)
        {
            throw Errors.RoomFailed($"{fault.Step}: {fault.Message}");
        }
    }

    private async Task<T> UntilAsync<T>(string what, TimeSpan every, Func<Task<T?>> look, CancellationToken cancel)
        where T : class
    {
        using var timer = new PeriodicTimer(every, time);
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < s_patience)
        {
            if (await look() is { } seen)
            {
                return seen;
            }

            await timer.WaitForNextTickAsync(cancel);
        }

        throw Errors.RoomFailed($"after {Sizes.Of(s_patience)} it is still not so that {what}");
    }
}
