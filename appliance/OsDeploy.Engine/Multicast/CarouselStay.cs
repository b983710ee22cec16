using OsDeploy.Api.Carousels;

namespace OsDeploy.Multicast;

/// <summary>What a receiver and its appliance say to each other while it is at one carousel, turn by turn.</summary>
/// <param name="begun">Set once something is sent.</param>
internal sealed class CarouselStay(ICarouselDoor door, string carousel, ReceiverNeeds needs, GroupSocket socket, StreamTally tally, TaskCompletionSource begun, TimeProvider time)
{
    private static readonly TimeSpan s_answerWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_dry = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_joinAgainEvery = TimeSpan.FromSeconds(60);

    // The job is no longer this computer's, or is not to begin: that is not for HTTPS to go on with. A carousel that is not known is joined anew.
    private static readonly string[] s_final = ["lease-lost", "carousel-too-few", "carousel-missing"];

    private readonly StayRule _rule = new();
    private CarouselOrders _orders = new(CarouselState.Gathering, 1, 0, 0);
    private int _saidFor;
    private int _planned;
    private long _answered = time.GetTimestamp();
    private long _turned = time.GetTimestamp();
    private long _joined = time.GetTimestamp();

    public static TimeSpan ReportEvery { get; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Reports, and does what the answer asks for.</summary>
    /// <returns>Why to leave; null: it stays.</returns>
    /// <exception cref="UserErrorException"><c>carousel-too-few</c>, <c>lease-lost</c>, <c>carousel-missing</c></exception>
    public async Task<string?> TurnAsync(CancellationToken cancel)
    {
        try
        {
            return await TryTurnAsync(cancel);
        }
        catch (UserErrorException e) when (!s_final.Contains(e.Code))
        {
            return e.Message.TrimEnd('.');
        }
    }

    /// <summary>Says that it leaves, if that can be said soon.</summary>
    public async Task SayFarewellAsync(string? why, CancellationToken cancel)
    {
        try
        {
            await WithinAsync(cancel => door.ReportAsync(carousel, tally.Take(needs.Missing, why), cancel), cancel);
        }
        catch (UserErrorException)
        {
            // It has ended there as well.
        }
    }

    private async Task<string?> TryTurnAsync(CancellationToken cancel)
    {
        var elapsed = time.GetElapsedTime(_turned);
        _turned = time.GetTimestamp();
        var report = tally.Take(needs.Missing, leaves: null);
        if (await WithinAsync(cancel => door.ReportAsync(carousel, report, cancel), cancel) is { } now)
        {
            Hear(now);
        }

        // In the same turn: the next pass waits for what everybody says.
        if (_saidFor < _orders.Pass && await WithinAsync(SayNeedAsync, cancel))
        {
            _saidFor = _orders.Pass;
        }

        return await IsPlannedForAsync(cancel)
            ? _rule.WhyLeave(new StreamSight(_orders, needs.Missing, report.Bytes / elapsed.TotalSeconds, JoinAgainIfDry(), time.GetElapsedTime(_answered), elapsed))
            : "what is missing here is missing nowhere else";
    }

    private void Hear(CarouselOrders now)
    {
        _answered = time.GetTimestamp();
        if (now.Aborted)
        {
            throw MulticastErrors.TooFew();
        }

        if (now.State == CarouselState.Sending && _orders.State != CarouselState.Sending)
        {
            tally.Restart();
            begun.TrySetResult();
        }

        _orders = now;
    }

    private async Task<bool> SayNeedAsync(CancellationToken cancel)
    {
        await door.NeedAsync(carousel, needs.ToBits(), cancel);
        return true;
    }

    private async Task<bool> IsPlannedForAsync(CancellationToken cancel)
    {
        if (_orders.State != CarouselState.Sending || _orders.Planned <= _planned)
        {
            return true;
        }

        var (number, plan) = await WithinAsync(cancel => door.PlanAsync(carousel, needs.Count, cancel), cancel);
        _planned = Math.Max(_planned, number);
        return plan is null || plan.Meets(needs.ToBits());
    }

    /// <returns>For how long nothing has come.</returns>
    private TimeSpan JoinAgainIfDry()
    {
        var silence = tally.Silence;
        if (time.GetElapsedTime(_joined) > (_orders.State == CarouselState.Sending && silence > s_dry ? s_dry : s_joinAgainEvery))
        {
            _joined = time.GetTimestamp();
            socket.JoinAgain();
        }

        return silence;
    }

    // A server that is away is asked again at the next turn; the stream goes on by itself.
    private static async Task<T?> WithinAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_answerWithin);
        try
        {
            return await call(patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return default;
        }
        catch (UserErrorException e) when (e.Code == "store-unreachable")
        {
            return default;
        }
    }
}
