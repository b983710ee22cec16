using System.Net;
using System.Net.Sockets;
using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Agent.Network;

/// <summary>
/// The way from a PC that has just started to its appliance: every wired card asks for an address at once, and a wireless one that has joined a
/// network; the card over which the appliance answers is kept, and the others are switched off. A cable that is pulled stops nothing; if it
/// stays out, the way is looked for anew.
/// </summary>
public sealed class BootNetwork(BootNetworkOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_lookAtKept = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_askAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_cableOut = TimeSpan.FromSeconds(15);

    private readonly AskingCards _cards = new(options.Vlan, options.LeaseScript);
    private readonly Dictionary<string, Answer> _answers = [];
    private volatile TaskCompletionSource _retry = NewRetry();
    private string? _kept;

    /// <summary>Forgets what the server has not answered, and asks for addresses anew.</summary>
    public void Retry() => _retry.TrySetResult();

    /// <summary>Returns when the appliance answers.</summary>
    /// <param name="say">Told what is waited for, each time that changes.</param>
    public async Task ConnectAsync(Action<string> say, CancellationToken cancel)
    {
        try
        {
            await FindAsync(say, cancel);
        }
        finally
        {
            if (_kept is null)
            {
                await ForgetAsync(withLeases: true);
            }
        }
    }

    /// <summary>Keeps the way open until it is cancelled; then nothing of it runs any more.</summary>
    public async Task FollowAsync(Action<string> say, CancellationToken cancel)
    {
        long? outSince = null;
        try
        {
            while (true)
            {
                await Task.Delay(s_lookAtKept, time, cancel);
                var hasCable = _kept is { } kept && _cards.Folder.HasCable(kept);
                if (hasCable && outSince is not null)
                {
                    say(_cards.Folder.IsWireless(_kept!) ? "The Wi-Fi network is back." : "The network cable is back.");
                }
                else if (!hasCable && outSince is null)
                {
                    say(_kept is not null && _cards.Folder.IsWireless(_kept)
                        ? $"{Printable.Of(_kept)} has lost its Wi-Fi network. It is looked for again."
                        : $"{Printable.Of(_kept)} has lost its link: look at the cable and the switch.");
                }

                outSince = hasCable ? null : outSince ?? time.GetTimestamp();
                if (outSince is { } since && time.GetElapsedTime(since) > s_cableOut)
                {
                    outSince = null;
                    _kept = null;
                    await ForgetAsync(withLeases: true);
                    await ConnectAsync(say, cancel);
                }
            }
        }
        finally
        {
            await ForgetAsync(withLeases: true);
        }
    }

    private static TaskCompletionSource NewRetry() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task FindAsync(Action<string> say, CancellationToken cancel)
    {
        var said = "";
        var (begun, asked) = (time.GetTimestamp(), time.GetTimestamp());
        while (_kept is null)
        {
            if (_retry.Task.IsCompleted || time.GetElapsedTime(asked) > s_askAgain)
            {
                await ForgetAsync(withLeases: _retry.Task.IsCompleted);
                asked = time.GetTimestamp();
            }

            var cards = await LookAsync(cancel);
            var step = NetworkStep.Of(cards, options.Server, time.GetElapsedTime(begun));
            if (step.Words != said && !(step.Ask is not null && said.Length > 0))
            {
                say(said = step.Words);
            }

            if (step.Ask is { } name)
            {
                _answers[name] = await AskAsync(cards.First(card => card.Name == name), cancel);
                continue;
            }

            if (step.Keep is { } kept)
            {
                await KeepAsync(cards.First(card => card.Name == kept), cancel);
                return;
            }

            await Task.WhenAny(Task.Delay(s_look, time, cancel), _retry.Task);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private async Task ForgetAsync(bool withLeases)
    {
        _answers.Clear();
        if (!withLeases)
        {
            return;
        }

        _retry = NewRetry();
        await _cards.ForgetAsync();
    }

    private async Task<IReadOnlyList<Card>> LookAsync(CancellationToken cancel) =>
        [.. (await _cards.LookAsync(cancel)).Select(card => card.HasCable ? card with { Answer = _answers.GetValueOrDefault(card.Name) } : card)];

    // Two cards may be in one network, and both have a way then: this one is asked for this address alone.
    private async Task<Answer> AskAsync(Card card, CancellationToken cancel)
    {
        await RouteAsync(card, ServerAddress(), cancel);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_answer);
        try
        {
            using var client = new ApiClient(options.Server, time, new ConnectionOptions { ServerKey = options.Key }.Once());
            await client.CallAsync(ApplianceApi.About, patience.Token);
            return Answer.Yes;
        }
        catch (UserErrorException e)
        {
            return e.Code == "store-not-trusted" ? Answer.Other : Answer.None;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Answer.None;
        }
    }

    private async Task KeepAsync(Card card, CancellationToken cancel)
    {
        _kept = card.Name;
        await _cards.KeepAsync(card.Name, cancel);
        if (card.Lease is { Router: not null })
        {
            await RouteAsync(card, null, cancel);
        }

        Resolver.Use(card.Lease);
    }

    // Null: it has a name, and lies where everything lies.
    private IPAddress? ServerAddress() =>
        Uri.TryCreate(options.Server, UriKind.Absolute, out var url) && IPAddress.TryParse(url.DnsSafeHost, out var address) && address.AddressFamily == AddressFamily.InterNetwork ? address : null;

    /// <param name="target">Null: all that no other way leads to.</param>
    internal static async Task RouteAsync(Card card, IPAddress? target, CancellationToken cancel)
    {
        var lease = card.Lease!;
        string[] way = lease.Router is null || (target is not null && lease.Reaches(target)) ? [] : ["via", lease.Router.ToString()];
        await new Command("ip", ["route", "replace", target is null ? "default" : $"{target}/32", .. way, "dev", card.Name]).Accepting(_ => true).RunAsync(cancel);
    }
}
