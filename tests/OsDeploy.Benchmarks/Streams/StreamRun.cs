using System.Diagnostics;
using System.Globalization;
using OsDeploy.Api.Carousels;
using OsDeploy.Lab.Wires;

namespace OsDeploy.Benchmarks.Streams;

/// <summary>One stream of drawn frames over shaped links.</summary>
internal sealed class StreamRun(StreamPlan plan, TimeProvider time)
{
    private const double BytesPerMegabit = 125_000;
    private const string Ports = "9077-9092";

    public async Task<StreamFigures> RunAsync(CancellationToken cancel)
    {
        var frames = new DrawnFrames(plan.Seed, plan.Bytes);
        await using var network = await SwitchedNetwork.CreateAsync("osdst", plan.Receivers + 1, string.Create(CultureInfo.InvariantCulture, $"{plan.Rate}mbit"), cancel);
        if (plan.Mishap == Mishap.Slow)
        {
            await network.LimitAsync(plan.Receivers, string.Create(CultureInfo.InvariantCulture, $"{plan.Rate / 10}mbit"));
        }

        for (var member = 1; plan.Loss > 0 && member <= plan.Receivers; member++)
        {
            await network.LoseAsync(member, plan.Loss, Ports);
        }

        await using var room = new StreamRoom(network, frames, plan.Seed, plan.Rate * BytesPerMegabit, plan.Receivers, time);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watching = room.RunAsync(cancel);
        var healthy = plan.Mishap == Mishap.None ? plan.Receivers : plan.Receivers - 1;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
#pragma warning disable CA2025 // All are waited for before the room is closed.
        var receivers = Enumerable.Range(1, healthy).Select(member => Task.Run(() => room.ReceiveAsync(member, write: null, cancel), cancel)).ToList();
        var last = healthy == plan.Receivers ? null : Task.Run(() => LastAsync(room, frames, over), cancel);
#pragma warning restore CA2025
        while (room.Session.View() is { State: CarouselState.Gathering })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancel);
        }

        var began = time.GetTimestamp();
        var results = await Task.WhenAll(receivers);
        var end = results.Max(result => result.At);
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        await over.CancelAsync();
        await SettleAsync(last);
        room.Session.End("It is over.");
        await watching;
        return new StreamFigures(
            time.GetElapsedTime(began, end).TotalSeconds,
            frames.Bytes,
            plan.Rate * BytesPerMegabit,
            results.Sum(result => result.Needs.Missing),
            used);
    }

    private async Task<StreamResult> LastAsync(StreamRoom room, DrawnFrames frames, CancellationTokenSource over)
    {
        var (taken, half) = (0, frames.Table.Count / 2);
        return await room.ReceiveAsync(plan.Receivers, _ =>
        {
            if (++taken < half)
            {
                return true;
            }

            if (plan.Mishap == Mishap.Killed)
            {
                over.Cancel();
            }
            else if (plan.Mishap == Mishap.Frozen)
            {
                over.Token.WaitHandle.WaitOne();
            }

            return true;
        }, over.Token);
    }

    private static async Task SettleAsync(Task? last)
    {
        try
        {
            await (last ?? Task.CompletedTask);
        }
        catch (OperationCanceledException)
        {
            // It was switched off.
        }
    }
}
