using System.Globalization;

namespace OsDeploy.Agent.Network.Wireless;

/// <summary>
/// A wireless card that somebody at the computer has chosen to use. Its wpa_supplicant goes on without this program, so that a restart of it
/// finds the network as it was, and is the only one that holds the key: in memory, for as long as the computer is on.
/// </summary>
public sealed class WirelessCard
{
    /// <summary>What the variant of the client image with wireless drivers has, and the others have not.</summary>
    private const string Program = "wpa_supplicant";

    private const int MostHeard = 256;

    // id, level, flags and name of a network, by the bits of wpa_supplicant's WPA_BSS_MASK_*.
    private const string Wanted = "MASK=0x1881";
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_scan = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_join = TimeSpan.FromSeconds(45);

    private readonly string _name;
    private readonly string _folder;
    private readonly string _radios;
    private readonly TimeProvider _time;

    /// <param name="folder">Of control sockets; one that this user alone can enter.</param>
    /// <param name="radios"><see cref="RadioSwitch.Usual"/> but in tests.</param>
    internal WirelessCard(string name, string folder, string radios, TimeProvider time) => (_name, _folder, _radios, _time) = (name, folder, radios, time);

    /// <summary>This computer was started from a medium that has drivers for such cards.</summary>
    public static bool IsPossible => Command.Find(Program) is not null;

    /// <summary>The first card by name; null: there is none.</summary>
    public static WirelessCard? TryFind(TimeProvider time) =>
        new CardFolder(CardFolder.Usual, null).WirelessNames() is [var name, ..] ? new WirelessCard(name, CardFolder.UsualControl, RadioSwitch.Usual, time) : null;

    /// <summary>Networks that are heard now.</summary>
    /// <exception cref="UserErrorException"><c>wireless-silent</c>, <c>wireless-off</c></exception>
    public async Task<IReadOnlyList<WirelessNetwork>> ListenAsync(CancellationToken cancel)
    {
        await StartAsync(cancel);
        using var supplicant = await Supplicant.OpenAsync(SocketPath, cancel);

        // One that is under way already answers otherwise; it will do.
        await supplicant.AskAsync("SCAN", cancel);
        await UntilHeardAsync(supplicant, cancel);
        var heard = new List<WirelessNetwork>();
        for (var i = 0; i < MostHeard; i++)
        {
            var said = await supplicant.AskAsync(string.Create(CultureInfo.InvariantCulture, $"BSS {i} {Wanted}"), cancel);
            if (said.Length == 0 || said.StartsWith("FAIL", StringComparison.Ordinal))
            {
                break;
            }

            heard.AddRange(ScanList.TryParse(said) is { } network ? [network] : Array.Empty<WirelessNetwork>());
        }

        return ScanList.Of(heard);
    }

    /// <summary>Leaves the network it is in, and joins this one. If that fails it is in none afterwards, and a wpa_supplicant that answers has forgotten the key.</summary>
    /// <param name="key">Null: it is open.</param>
    /// <param name="isHidden">It does not say its name, and is called by it.</param>
    /// <exception cref="UserErrorException"><c>wireless-silent</c>, <c>wireless-off</c></exception>
    public async Task<JoinEnd> JoinAsync(Ssid ssid, WirelessKey? key, bool isHidden, CancellationToken cancel)
    {
        await StartAsync(cancel);
        using var supplicant = await Supplicant.OpenAsync(SocketPath, cancel);
        var isIn = false;
        try
        {
            await supplicant.DoAsync("REMOVE_NETWORK all", cancel);
            var id = await supplicant.AskAsync("ADD_NETWORK", cancel);
            supplicant.ForgetEvents();
            foreach (var setting in SettingsFor(ssid, key, isHidden))
            {
                await supplicant.DoAsync($"SET_NETWORK {id} {setting}", cancel);
            }

            await supplicant.DoAsync("SELECT_NETWORK " + id, cancel);
            var end = await UntilJoinedAsync(supplicant, cancel);
            isIn = end == JoinEnd.Joined;
            return end;
        }
        finally
        {
            if (!isIn)
            {
                await LeaveAsync(supplicant);
            }
        }
    }

    private static async Task LeaveAsync(Supplicant supplicant)
    {
        try
        {
            await supplicant.AskAsync("REMOVE_NETWORK all", CancellationToken.None);
        }
        catch (UserErrorException)
        {
            // It does not answer any more. Why the network is left matters to whoever waits; this does not.
        }
    }

    internal static IEnumerable<string> SettingsFor(Ssid ssid, WirelessKey? key, bool isHidden)
    {
        yield return "ssid " + ssid.Hex;
        if (isHidden)
        {
            yield return "scan_ssid 1";
        }

        if (key is null)
        {
            yield return "key_mgmt NONE";
            yield break;
        }

        yield return "key_mgmt WPA-PSK WPA-PSK-SHA256 SAE";
        yield return "ieee80211w 1"; // protected where the network can, as WPA3 demands
        yield return "psk " + key.Quoted;
    }

    private string SocketPath => Path.Combine(_folder, _name);

    private async Task UntilHeardAsync(Supplicant supplicant, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(s_scan, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            while (!(await supplicant.NextEventAsync(either.Token)).Contains("CTRL-EVENT-SCAN-RESULTS", StringComparison.Ordinal))
            {
                continue;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // What it knows from before is shown.
        }
    }

    private async Task<JoinEnd> UntilJoinedAsync(Supplicant supplicant, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(s_join, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        var step = new JoinStep(null);
        try
        {
            while (true)
            {
                step = step.After(await supplicant.NextEventAsync(either.Token));
                if (step.End is { } end)
                {
                    return end;
                }
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return step.Missed > 0 ? JoinEnd.NotFound : JoinEnd.Refused;
        }
    }

    private async Task<bool> IsRunningAsync(CancellationToken cancel)
    {
        try
        {
            using var supplicant = File.Exists(SocketPath) ? await Supplicant.OpenAsync(SocketPath, cancel) : null;
            return supplicant is not null;
        }
        catch (UserErrorException)
        {
            // It has ended and left its socket.
            File.Delete(SocketPath);
            return false;
        }
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        RadioSwitch.Release(_radios);
        if (RadioSwitch.IsOff(_radios))
        {
            throw AgentErrors.WirelessOff();
        }

        if (await IsRunningAsync(cancel))
        {
            return;
        }

        // Only what everybody may know: the key goes over the socket.
        Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var settings = _folder + ".conf";
        await File.WriteAllTextAsync(settings, $"ctrl_interface={_folder}\nap_scan=1\nsae_pwe=2\np2p_disabled=1\n", cancel);
        await CardFolder.SwitchOnAsync(_name, cancel);
        try
        {
            await new Command("wpa_supplicant", ["-B", "-i", _name, "-D", "nl80211", "-c", settings]).WithDeadline(s_start).RunAsync(cancel);
        }
        catch (UserErrorException e) when (e.Code is "tool-failed" or "tool-hung")
        {
            throw AgentErrors.WirelessSilent(e);
        }
    }
}
