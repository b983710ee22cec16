using System.Security.Cryptography;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Agent;

/// <summary>
/// Our program on a host: says hello, asks what to do, does it, and reports until the server has heard how it ended. An outage or a restart
/// of the server stops nothing; a lease that is lost does.
/// </summary>
public sealed class AgentLoop : IDisposable
{
    private const double ShortestPause = 0.5;
    private const double LongestPause = 300;
    private static readonly TimeSpan s_reportEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_deliverEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(10);

    // The server's word that this agent is out. Anything else may be over in a while (a full disk, a restart): work goes on meanwhile.
    private const string LeaseLost = "lease-lost";
    private static readonly string[] s_final = ["store-not-trusted", "lab-not-allowed"];

    private readonly AgentOptions _options;
    private readonly Computer _computer;
    private readonly IAgentScreen _screen;
    private readonly TimeProvider _time;
    private readonly Outage _outage;
    private readonly ClaimFile _claims;
    private readonly AgentConnection _connection;
    private readonly JobRunner _runner;
    private readonly HardwareWatch _watch;
    private Hello? _hello;
    private volatile JobLog? _log;
    private volatile RunningJob? _running;
    private volatile TaskCompletionSource _wake = NewWake();
    private int _adopted;
    private Orders? _shown;
    private (string Job, JobReport Report)? _answered;

    public AgentLoop(AgentOptions options, Computer computer, IAgentScreen screen, TimeProvider time)
    {
        (_options, _computer, _screen, _time) = (options, computer, screen, time);
        _outage = new Outage(Say);
        _claims = new ClaimFile(options.StateFile);
        _connection = new AgentConnection(options, time, () => _hello!, Away);
        _watch = new HardwareWatch(computer, time);
        _runner = new JobRunner(computer, screen, _connection.OpenStore, new OrderPersonality(_connection, isTool: options.Network is not null), job => AgentCarousel.SourceFor(_connection, job, time), time);
    }

    /// <summary>Ends after a restart of the computer was asked for, and with <see cref="AgentOptions.Once"/> after the first job.</summary>
    /// <returns>How the last job ended.</returns>
    /// <exception cref="UserErrorException">The server refuses this agent or is not the one it was told to trust.</exception>
    public async Task<JobEnd> RunAsync(CancellationToken cancel)
    {
        if (_options.Network is not { } network)
        {
            return await AskAndDoAsync(cancel);
        }

        await network.ConnectAsync(Say, cancel);
        Say("Reading what is in this computer, and telling the server.");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var following = network.FollowAsync(Say, over.Token);
        try
        {
            return await AskAndDoAsync(cancel);
        }
        finally
        {
            await over.CancelAsync();
            await following.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Asks the server without waiting for the next turn: whoever sits here has just changed something there.</summary>
    public void PollNow() => _wake.TrySetResult();

    /// <summary>Looks for the way to the server anew: whoever sits here has plugged in a cable.</summary>
    public void RetryNetwork() => _options.Network?.Retry();

    private async Task<JobEnd> AskAndDoAsync(CancellationToken cancel)
    {
        var (identity, inventory) = await _computer.ReadAsync(cancel);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _hello = new Hello(nonce, identity, inventory, _options.Program, _claims.Read() ?? _options.Claim, _computer.IsLab, _options.Boot);
        while (true)
        {
            _wake = _wake.Task.IsCompleted ? NewWake() : _wake;
            var orders = await TryAskAsync(cancel);
            if (orders is { State: AgentState.Job, Job: { } order } && !IsAnswered(order))
            {
                var (end, isLast) = await DoAsync(order, cancel);
                if (isLast || _options.Once)
                {
                    return end;
                }

                continue;
            }

            if (orders?.Job is not null && _answered is { } answered)
            {
                await TryAnswerAgainAsync(answered.Job, answered.Report, cancel);
            }

            await PauseAsync(PauseOf(orders), cancel);
            var hello = await _watch.RefreshAsync(_hello, cancel);
            if (!ReferenceEquals(hello, _hello))
            {
                _hello = hello;
                await _connection.ForgetAsync(cancel);
            }
        }
    }

    /// <summary>Stops the job under way at its next safe point: whoever sits here wants that.</summary>
    public void StopJob() => _running?.Stop(AgentErrors.StoppedHere());

    /// <summary>What this computer is to the server. Not before the first <see cref="IAgentScreen.Show"/>.</summary>
    public Task<MachineFacts> FactsAsync(CancellationToken cancel) => _connection.FactsAsync(cancel);

    /// <summary>Restores this computer without an account, where its configuration allows that, and asks for the job at once.</summary>
    /// <inheritdoc cref="FactsAsync"/>
    public async Task RestoreSelfAsync(CancellationToken cancel)
    {
        await _connection.RestoreSelfAsync(new OwnRestore(Guid.NewGuid().ToString("N")), cancel);
        PollNow();
    }

    public void Dispose() => _connection.Dispose();

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TimeSpan PauseOf(Orders? orders) =>
        TimeSpan.FromSeconds(orders is { PollAfter: var seconds } && !double.IsNaN(seconds) ? Math.Clamp(seconds, ShortestPause, LongestPause) : s_deliverEvery.TotalSeconds);

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(Task.Delay(pause, _time, over.Token), _wake.Task);
        await over.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    // The same lease of the same job: the server has not heard its end, or the order came twice.
    private bool IsAnswered(JobOrder order) => _answered is { } answered && answered.Job == order.Id && answered.Report.Fence == order.Fence;

    /// <returns>Null if the server gave no answer that counts.</returns>
    private async Task<Orders?> TryAskAsync(CancellationToken cancel)
    {
        try
        {
            var orders = await _connection.PollAsync(null, cancel);
            if (_shown is null || (_shown.State, _shown.Name, _shown.Configuration, _shown.Awaits, _shown.Retry?.Attempt) != (orders.State, orders.Name, orders.Configuration, orders.Awaits, orders.Retry?.Attempt))
            {
                _screen.Show(orders, PairingWords.For(orders, _hello!.Nonce, _options.Key));
            }

            _shown = orders;
            return orders;
        }
        catch (UserErrorException e) when (!s_final.Contains(e.Code) && !_options.Once)
        {
            Say(e.Message);
            return null;
        }
    }

    private async Task<(JobEnd End, bool IsLast)> DoAsync(JobOrder order, CancellationToken cancel)
    {
        using var job = new RunningJob(order, isResumed: _hello!.Claim is not null, _screen.Say, _time, cancel);
        (_log, _running) = (job.Log, job);
        _adopted = _connection.Hellos;
        Keep(job);
        var end = await WorkAsync(job, cancel);
        (_log, _running) = (null, null);
        if (!cancel.IsCancellationRequested)
        {
            var isHeard = job.StopReason?.Code != AgentErrors.LeaseLost().Code && await DeliverAsync(job, end, cancel);
            return (Finish(job, end), await RebootedAsync(job, end, isHeard, cancel));
        }

        await TryTakeLeaveAsync(job, end);
        throw new OperationCanceledException(cancel);
    }

    private async Task<JobEnd> WorkAsync(RunningJob job, CancellationToken cancel)
    {
        using var shown = _screen.Begin(job.Order, job.Progress);
        if (job.Order.IsCancelling)
        {
            job.Stop(AgentErrors.Cancelled());
        }

        var work = _runner.RunAsync(job);
        try
        {
            while (!work.IsCompleted)
            {
                await Task.WhenAny(work, Task.Delay(s_reportEvery, _time, cancel));
                if (!work.IsCompleted)
                {
                    await ReportAsync(job, cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The work has the same token and ends where the disk is safe.
        }

        return await work;
    }

    // What a report meets does not touch the work, but for the lease and the operator's wish.
    private async Task ReportAsync(RunningJob job, CancellationToken cancel)
    {
        var report = job.NextReport(null);
        try
        {
            var answer = await _connection.ReportAsync(job.Order.Id, report, cancel);
            job.Log.Acknowledge(report.FirstLine, report.Log.Count);
            if (answer.IsCancelling)
            {
                job.Stop(AgentErrors.Cancelled());
            }
        }
        catch (UserErrorException e) when (e.Code != LeaseLost)
        {
            job.Log.Say("A report did not arrive: " + e.Message);
        }
        catch (UserErrorException e)
        {
            if (!await TryAdoptAsync(job, cancel))
            {
                job.Log.Say("The server took the job back: " + e.Message);
                job.Stop(AgentErrors.LeaseLost());
            }
        }
    }

    /// <summary>A server that was told hello again may have given this job a new lease.</summary>
    private async Task<bool> TryAdoptAsync(RunningJob job, CancellationToken cancel)
    {
        if (_connection.Hellos == _adopted)
        {
            return false;
        }

        try
        {
            var orders = await _connection.PollAsync(job.Order.Id, cancel);
            _adopted = _connection.Hellos;
            if (orders.Job is not { } order || order.Id != job.Order.Id || order.Fence <= job.Order.Fence)
            {
                return false;
            }

            job.Adopt(order);
            Keep(job);
            return true;
        }
        catch (UserErrorException e) when (e.Code != LeaseLost)
        {
            return true; // not known yet; the next report asks again
        }
    }

    /// <returns>False if the server does not want to hear it.</returns>
    private async Task<bool> DeliverAsync(RunningJob job, JobEnd end, CancellationToken cancel)
    {
        while (true)
        {
            var report = job.NextReport(end);
            try
            {
                await _connection.ReportAsync(job.Order.Id, report, cancel);
                job.Log.Acknowledge(report.FirstLine, report.Log.Count);
                if (report.End is not null)
                {
                    _answered = (job.Order.Id, report);
                    return true;
                }

                continue;
            }
            catch (UserErrorException e) when (e.Code != LeaseLost)
            {
                Say("The end of the job is not reported yet: " + e.Message);
            }
            catch (UserErrorException e)
            {
                if (!await TryAdoptAsync(job, cancel))
                {
                    Say("The server does not take the end of the job: " + e.Message);
                    return false;
                }
            }

            await Task.Delay(s_deliverEvery, _time, cancel);
        }
    }

    private async Task TryAnswerAgainAsync(string job, JobReport report, CancellationToken cancel)
    {
        try
        {
            await _connection.ReportAsync(job, report, cancel);
        }
        catch (UserErrorException e)
        {
            Say(e.Message);
        }
    }

    // Somebody ends the program: the server should know why, but nobody waits for one that is away.
    private async Task TryTakeLeaveAsync(RunningJob job, JobEnd end)
    {
        using var patience = new CancellationTokenSource(s_farewell, _time);
        try
        {
            await DeliverAsync(job, end, patience.Token);
            Finish(job, end);
        }
        catch (OperationCanceledException)
        {
            // The claim stays: the next start takes the job up.
        }
    }

    private JobEnd Finish(RunningJob job, JobEnd end)
    {
        _claims.Remove();
        _hello = _hello! with { Claim = null };
        _screen.End(job.Order, end, job.Progress.Warnings);
        return end;
    }

    // Not before the server knows: it would give the same order to the computer that comes up again.
    private async Task<bool> RebootedAsync(RunningJob job, JobEnd end, bool isHeard, CancellationToken cancel)
    {
        var mayRestart = _options.RestartsAfterJob && _computer.WhyNoReboot() is null;
        if (!isHeard || !RestartsAfter(job.Order.Kind, end.Outcome, mayRestart))
        {
            return false;
        }

        if (!await _screen.MayRestartAsync(job.Order, cancel))
        {
            Say("The restart was stopped at this computer.");
            return false;
        }

        await _computer.RebootAsync(cancel);
        return true;
    }

    /// <param name="mayRestart">It was started for the job, and can restart.</param>
    internal static bool RestartsAfter(JobKind kind, JobOutcome outcome, bool mayRestart) => outcome == JobOutcome.Verified && kind switch
    {
        JobKind.Reboot => true,
        JobKind.Hold => false, // it is to stay as it is
        _ => mayRestart,
    };

    // From here on a hello, by this program or the one after it, means this job.
    private void Keep(RunningJob job)
    {
        _hello = _hello! with { Claim = job.Order.Claim };
        try
        {
            _claims.Write(job.Order.Id, job.Order.Claim);
        }
        catch (UserErrorException e)
        {
            job.Log.Say("This job cannot be taken up again after a restart of the program: " + e.Message);
        }
    }

    private void Away(TimeSpan away)
    {
        _outage.Tell(away);
        _screen.Away(away);
    }

    private void Say(string line)
    {
        if (_log is { } log)
        {
            log.Say(line);
        }
        else
        {
            _screen.Say(line);
        }
    }
}
