using Microsoft.Extensions.Logging;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.SetUp;

namespace OsDeploy.Server.Appliance;

/// <summary>
/// Changes what the appliance's own system was told at its first start. Another network is in force at once and kept when somebody says that it
/// is right; else the one before comes back. Commit point: the file of <see cref="ApplianceSettings"/>.
/// </summary>
/// <param name="folder">Where the settings are kept.</param>
/// <param name="marker">File that is there while a network is on trial, and is gone when the appliance was switched off: so is that network.</param>
/// <param name="audit">Takes actor, action, subject and detail; durable when it returns.</param>
/// <param name="cardChanged">Another card is the appliance's: the one before, the one now, and who chose it.</param>
internal sealed partial class SettingsDesk(string folder, string marker, HelperClient helper, Action<string, string, string, string> audit, Action<string, string, string> cardChanged, TimeProvider time, ILogger<SettingsDesk> log)
    : IDisposable
{
    /// <summary>Time to find the appliance under its new address, log in, and say so.</summary>
    public static readonly TimeSpan TrialTime = TimeSpan.FromMinutes(3);

    private const string Subject = "appliance";

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(10);

    // One change at a time, and never one together with its end.
    private readonly SemaphoreSlim _turn = new(1);
    private (NetworkTrial Trial, ITimer Clock)? _trial;

    /// <exception cref="UserErrorException"><c>appliance-settings-none</c>, <c>appliance-settings</c></exception>
    public ApplianceSettingsView View => new(Kept, NetworkCard.All(), _trial?.Trial);

    private ApplianceSettings Kept => ApplianceSettings.Read(folder) ?? throw SettingsErrors.None();

    /// <exception cref="UserErrorException">Those of <see cref="View"/>, of the settings, and what the helper says; <c>network-trial-open</c></exception>
    public Task<ApplianceSettingsView> ChangeAsync(string actor, ApplianceSettings wanted, CancellationToken cancel) => InTurnAsync(async () =>
    {
        var (before, after) = (Kept, wanted.Checked());
        if (_trial is not null)
        {
            throw SettingsErrors.TrialOpen();
        }

        var rest = after with { Network = before.Network };
        if (!rest.Equals(before))
        {
            await KeepRestAsync(actor, before, rest, cancel);
        }

        if (!after.Network.IsSameAs(before.Network))
        {
            await TryNetworkAsync(actor, after.Network);
        }

        return View;
    }, cancel);

    /// <exception cref="UserErrorException"><c>network-trial-over</c></exception>
    public Task<ApplianceSettingsView> KeepAsync(string actor, CancellationToken cancel) => InTurnAsync(() =>
    {
        var (before, network) = (Kept, _trial?.Trial.Network ?? throw SettingsErrors.TrialOver());
        audit(actor, "network-keep", Subject, Describe(network));
        (before with { Network = network }).Write(folder);
        EndTrial();
        if (network.Interface != before.Network.Interface)
        {
            cardChanged(before.Network.Interface, network.Interface, actor);
        }

        return Task.FromResult(View);
    }, cancel);

    /// <exception cref="UserErrorException"><c>network-trial-over</c>, and what the helper says.</exception>
    public Task<ApplianceSettingsView> GoBackAsync(string actor, CancellationToken cancel) => InTurnAsync(async () =>
    {
        if (_trial is null)
        {
            throw SettingsErrors.TrialOver();
        }

        await helper.CallAsync(new ApplianceApplyRequest(), cancel);
        EndTrial();
        audit(actor, "network-back", Subject, Describe(Kept.Network)); // after it: nothing is in the way of what everybody had before
        return View;
    }, cancel);

    /// <summary>A daemon that ended in the middle of a trial takes it back when it starts again.</summary>
    public async Task TakeBackLeftAsync(CancellationToken cancel)
    {
        if (!File.Exists(marker))
        {
            return;
        }

        try
        {
            await helper.CallAsync(new ApplianceApplyRequest(), cancel);
            File.Delete(marker);
        }
        catch (UserErrorException e)
        {
            LogNotTakenBack(log, e.Message); // the next start tries again
        }
    }

    /// <exception cref="UserErrorException"><c>appliance-settings-none</c>, and what the helper says.</exception>
    public Task<GrownVolume> GrowAsync(string actor, CancellationToken cancel) => InTurnAsync(async () =>
    {
        _ = _trial is null ? Kept : throw SettingsErrors.TrialOpen(); // growing takes long, and taking back must not wait for it
        audit(actor, "volume-grow", Subject, "");
        return new GrownVolume(await helper.GrowAsync(cancel));
    }, cancel);

    // The marker stays: the next start takes back what is on trial.
    public void Dispose()
    {
        _trial?.Clock.Dispose();
        _turn.Dispose();
    }

    // What the helper refuses, a time zone that there is none of, was not kept.
    private async Task KeepRestAsync(string actor, ApplianceSettings before, ApplianceSettings rest, CancellationToken cancel)
    {
        audit(actor, "appliance-settings", Subject, $"{rest.HostName}, {rest.TimeZone}, {rest.Language}");
        rest.Write(folder);
        try
        {
            await helper.CallAsync(new ApplianceApplyRequest(), cancel);
        }
        catch
        {
            before.Write(folder);
            throw;
        }
    }

    // Its end is set before its beginning: whoever asks may be cut off by what they asked for.
    private async Task TryNetworkAsync(string actor, NetworkSettings network)
    {
        audit(actor, "network-try", Subject, Describe(network));
        await File.WriteAllTextAsync(marker, "", CancellationToken.None);
        _trial = (new NetworkTrial(network, time.GetUtcNow() + TrialTime), time.CreateTimer(_ => _ = TakeBackAsync(), null, TrialTime, s_again));
        try
        {
            await helper.CallAsync(new NetworkApplyRequest(network), CancellationToken.None);
        }
        catch (UserErrorException)
        {
            await helper.CallAsync(new ApplianceApplyRequest(), CancellationToken.None);
            EndTrial();
            throw;
        }
    }

    // Comes round until it is done.
    private async Task TakeBackAsync()
    {
        try
        {
            await GoBackAsync(Subject, CancellationToken.None);
        }
        catch (Exception e) when (e is UserErrorException or ObjectDisposedException)
        {
            LogNotTakenBack(log, e.Message); // kept at the last moment, or the helper does not answer now
        }
    }

    private void EndTrial()
    {
        _trial?.Clock.Dispose();
        _trial = null;
        File.Delete(marker);
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static string Describe(NetworkSettings network) =>
        string.Join(' ', new[] { network.Interface, network.Address ?? "by DHCP", network.Gateway }.Concat(network.Dns ?? []).OfType<string>());

    [LoggerMessage(LogLevel.Warning, "The network on trial was not taken back: {Why}")]
    private static partial void LogNotTakenBack(ILogger log, string why);
}
