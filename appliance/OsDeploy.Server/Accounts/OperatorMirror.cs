using Microsoft.Extensions.Logging;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hosting;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// Has the helper make users of the system of the operators that may log in: at the start, and within a second of every change of an
/// account. Told again now and then: the files may be gone.
/// </summary>
internal sealed class OperatorMirror(Operators operators, OperatorUids uids, HelperClient helper, Alarms alarms, TimeProvider time, ILogger<OperatorMirror> log)
    : PeriodicWork(s_tick, time, log)
{
    private const string Alarm = "operators-mirror";

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = time;
    private IReadOnlyList<MirroredOperator>? _told;
    private long _toldAt;
    private TimeSpan _patience;

    /// <summary>Says to the helper what it does not know yet.</summary>
    public async Task TellAsync(CancellationToken cancel)
    {
        uids.Complete();
        var wanted = operators.Table.All.Where(account => account is { IsDisabled: false, Uid: not null })
            .Select(account => new MirroredOperator(account.Name, account.Uid!.Value)).OrderBy(account => account.Uid).Take(MirroredOperators.Most).ToList();
        if (_told is not null && _told.SequenceEqual(wanted) && _time.GetElapsedTime(_toldAt) < _patience)
        {
            return;
        }

        (_told, _toldAt, _patience) = (wanted, _time.GetTimestamp(), s_soon);
        try
        {
            Judge(await helper.AskAsync(new OperatorsMirrorRequest(wanted), cancel));
            _patience = s_again;
        }
        catch (UserErrorException e)
        {
            alarms.Raise(Alarm, $"Operators cannot log in over SSH as they should: {e.Message}", e.Hint, host: null, job: null);
        }
    }

    protected override Task RunAsync(CancellationToken stopping) => TellAsync(stopping);

    private void Judge(string left)
    {
        if (left.Length > 0)
        {
            var names = string.Join(", ", left.Split('\n'));
            alarms.Raise(Alarm, $"These operators cannot log in over SSH, because the system has users of these names: {names}.", "Make accounts with other names for them.", host: null, job: null);
        }
        else if (alarms.Find(Alarm) is not null)
        {
            alarms.Dismiss(Alarm);
        }
    }
}
