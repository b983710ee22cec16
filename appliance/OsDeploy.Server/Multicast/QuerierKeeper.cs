using Microsoft.Extensions.Logging;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hosting;

namespace OsDeploy.Server.Multicast;

/// <summary>Has the helper ask for groups while the settings say so: raw packets need root. Told again now and then: it may have been restarted.</summary>
/// <param name="served">The card that serves PCs; null: there is none.</param>
internal sealed class QuerierKeeper(MulticastSettingsBook book, Func<string?> served, HelperClient helper, Alarms alarms, TimeProvider time, ILogger<QuerierKeeper> log)
    : PeriodicWork(s_tick, time, log)
{
    private const string Alarm = "multicast-querier";

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time = time;
    private string? _told;
    private long _toldAt;

    /// <summary>Says to the helper what it does not know yet.</summary>
    public async Task TellAsync(CancellationToken cancel)
    {
        try
        {
            await TellAsync(WantedOf(book.Current), cancel);
            if (alarms.Find(Alarm) is not null)
            {
                alarms.Dismiss(Alarm);
            }
        }
        catch (UserErrorException e)
        {
            alarms.Raise(Alarm, $"The appliance does not ask hosts for their groups: {e.Message}", $"{e.Hint} Or switch it off: `osdeploy carousel settings --querier off`.", host: null, job: null);
        }
    }

    protected override Task RunAsync(CancellationToken stopping) => TellAsync(stopping);

    private async Task TellAsync(string? wanted, CancellationToken cancel)
    {
        if (_told is { } before && before != wanted)
        {
            await helper.CallAsync(new MulticastQuerierRequest(before, On: false), cancel);
            _told = null;
        }

        if (wanted is not null && (_told is null || _time.GetElapsedTime(_toldAt) >= s_again))
        {
            await helper.CallAsync(new MulticastQuerierRequest(wanted, On: true), cancel);
            (_told, _toldAt) = (wanted, _time.GetTimestamp());
        }
    }

    private string? WantedOf(MulticastSettings settings) => settings is { Querier: true, Mode: MulticastMode.Multicast } ? settings.Interface ?? served() : null;
}
