using System.Net;
using System.Net.Sockets;
using OsDeploy.Api.Accounts;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// How often a password may be tried. After 5 failures an account is asked to wait 1, 2, 4 … 60 seconds, but is never locked: a pupil
/// who knows a teacher's name must not be able to keep the teacher out. For the same reason an address from which the account has
/// logged in before, and the console, have a count of their own and are not held up by what strangers do.
/// </summary>
/// <remarks>By a clock that only goes forward. Safe for many threads.</remarks>
internal sealed class LoginLimiter(TimeProvider clock)
{
    public const int FreeFailures = 5;
    public const int PerAddress = 20;
    public const int Together = 100;
    public const int MaxEntries = 10_000;

    private const string Strangers = "strangers";
    private const string Console = "console";

    private static readonly TimeSpan s_longestDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_forgotten = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly RecentMap<(string Account, string Place), Failures> _failures = new(MaxEntries);
    private readonly RecentMap<string, AttemptWindow> _addresses = new(MaxEntries);
    private readonly RecentMap<(string Account, string Address), bool> _known = new(MaxEntries);
    private readonly AttemptWindow _together = new(Together, clock);

    /// <summary>
    /// Asked before the password is looked at. The attempt counts as failed from here on: a hundred at once are not a hundred free ones.
    /// A refused attempt counts nowhere.
    /// </summary>
    /// <param name="from">Null: the console's socket.</param>
    /// <returns>How long to wait; null: go on.</returns>
    public TimeSpan? Begin(string account, IPAddress? from)
    {
        lock (_gate)
        {
            var (key, address) = (KeyOf(account, from), AddressOf(from));
            var window = from is null ? null : _addresses.TryGet(address, out var found) ? found : new AttemptWindow(PerAddress, clock);
            var together = key.Place == Strangers ? _together : null;
            var failures = _failures.TryGet(key, out var before) && clock.GetElapsedTime(before.Last) < s_forgotten ? before : default;
            var wait = Longest(window?.Wait, together?.Wait, DelayAfter(failures));
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            _failures.Set(key, new Failures(failures.Count + 1, clock.GetTimestamp()));
            together?.Add();
            if (window is not null)
            {
                window.Add();
                _addresses.Set(address, window);
            }

            return null;
        }
    }

    public void Succeeded(string account, IPAddress? from)
    {
        lock (_gate)
        {
            _failures.Remove(KeyOf(account, from));
            if (from is not null)
            {
                _known.Set((NameOf(account), AddressOf(from)), true);
            }
        }
    }

    private (string Account, string Place) KeyOf(string account, IPAddress? from)
    {
        var (name, address) = (NameOf(account), AddressOf(from));
        return (name, from is null || _known.TryGet((name, address), out _) ? address : Strangers);
    }

    private TimeSpan DelayAfter(Failures failures)
    {
        if (failures.Count < FreeFailures)
        {
            return TimeSpan.Zero;
        }

        var delay = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures.Count - FreeFailures, 6)));
        return (delay < s_longestDelay ? delay : s_longestDelay) - clock.GetElapsedTime(failures.Last);
    }

    private static TimeSpan Longest(params ReadOnlySpan<TimeSpan?> waits)
    {
        var longest = TimeSpan.Zero;
        foreach (var wait in waits)
        {
            longest = wait > longest ? wait.Value : longest;
        }

        return longest;
    }

    // What can be no account's name is one name: nobody fills the memory with long ones.
    private static string NameOf(string account) => OperatorName.TryParse(account, out var name) ? name.ToString() : "";

    // Who has one address of IPv6 has the 2^64 beside it.
    private static string AddressOf(IPAddress? from) => from switch
    {
        null => Console,
        { IsIPv4MappedToIPv6: true } => from.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)),
        _ => from.ToString(),
    };

    private readonly record struct Failures(int Count, long Last);
}
