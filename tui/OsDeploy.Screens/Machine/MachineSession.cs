using OsDeploy.Agent;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Screens.Machine;

/// <summary>
/// A computer with its agent, and whoever sits at it. The agent works on by itself; what somebody starts here becomes an ordinary job of the
/// server, which the agent then takes. Its parts may be called from any thread; what there is to see is one value, <see cref="State"/>.
/// </summary>
internal sealed class MachineSession : IAgentScreen, IDisposable
{
    private const int MostLines = 200;
    private const double LongestRetry = 86_400;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _factsWanted = new(0);
    private readonly CancellationTokenSource _leaving = new();
    private volatile bool _isAway;
    private volatile string? _started;
    private readonly AgentLoop _loop;
    private volatile MachineState _state = new();

    public MachineSession(AgentOptions agent, MachineOptions options, Computer computer, TimeProvider time)
    {
        (Options, Computer, Time, LooksForServer) = (options, computer, time, agent.Network is not null);
        Account = new MachineAccount(options, time);
        Account.Changed += (_, _) => Update(state => state with { Operator = Account.Operator });
        _loop = new AgentLoop(agent, computer, this, time);
    }

    public MachineOptions Options { get; }

    public Computer Computer { get; }

    public TimeProvider Time { get; }

    /// <summary>The way to the server has to be found, so that looking again may help.</summary>
    public bool LooksForServer { get; }

    public MachineAccount Account { get; }

    public MachineState State => _state;

    public MachineStage Stage => StageOf(_state, Options.IsAuto && !_state.IsManned);

    /// <summary>There is a new <see cref="State"/>. Raised on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>Until the computer restarts, by a job or by whoever sits here, or one job is done if that is all that was wanted.</summary>
    /// <returns>How the last job ended; null: whoever sits here has left.</returns>
    /// <inheritdoc cref="AgentLoop.RunAsync"/>
    public async Task<JobEnd?> RunAsync(CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, _leaving.Token);
        var facts = FollowFactsAsync(over.Token);
        try
        {
            return await _loop.RunAsync(over.Token);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await over.CancelAsync();
            await facts;
        }
    }

    /// <summary>What this computer is to the server now.</summary>
    /// <exception cref="UserErrorException">The server does not say.</exception>
    public async Task<MachineFacts> RefreshAsync(CancellationToken cancel)
    {
        var facts = await _loop.FactsAsync(cancel);
        Know(facts);
        return facts;
    }

    internal void Know(MachineFacts facts) => Update(state => state with { Facts = facts });

    public void PollNow() => _loop.PollNow();

    /// <summary>Looks for the way to the server anew.</summary>
    public void RetryNetwork() => _loop.RetryNetwork();

    /// <summary>Stops the job under way at its next safe point.</summary>
    public void StopJob() => _loop.StopJob();

    /// <summary>The computer is being restarted or switched off: nothing more is begun.</summary>
    public void Leave() => _leaving.Cancel();

    /// <summary>Somebody has read how the job ended, and does not want the restart that would follow.</summary>
    public void Dismiss()
    {
        State.Restart?.Stop();
        ForgetResult();
    }

    /// <summary>Somebody has read how the job ended; what follows goes on.</summary>
    public void ForgetResult() =>
        Update(state => state with { Work = state.Work is { Result: null } ? state.Work : null });

    /// <summary>The job that has failed here is tried once more, in the name of whoever has logged in.</summary>
    /// <exception cref="UserErrorException">What rules it out.</exception>
    public async Task RetryJobAsync(JobOrder order, CancellationToken cancel)
    {
        await Account.AskAsync(client => client.CallAsync(JobApi.Retry, cancel, order.Id));
        Dismiss();
        PollNow();
    }

    /// <summary>Starts a job for this computer in the name of whoever has logged in, or its own restore where that is open to everybody.</summary>
    /// <param name="disks">Which are meant, in the order of the image; null: what can be told without asking.</param>
    /// <exception cref="UserErrorException">What rules it out.</exception>
    public async Task StartAsync(JobKind kind, JobOptions options, IReadOnlyList<DiskBinding>? disks, CancellationToken cancel)
    {
        // Whoever has chosen disks was logged in: the open restore would choose them by itself.
        if (!State.May(Right.StartRestores) && kind == JobKind.Restore && options == new JobOptions() && disks is null)
        {
            await _loop.RestoreSelfAsync(cancel);
            return;
        }

        var request = RequestFor(kind, options, disks);
        await PreviewAsync(request, cancel);
        _started = (await Account.AskAsync(client => client.CallAsync(JobApi.Start, request, cancel))).Batch;
        PollNow();
    }

    /// <summary>Whether the server could mean several disks, so that somebody has to say which.</summary>
    /// <inheritdoc cref="StartAsync"/>
    public async Task<bool> MustNameDisksAsync(JobKind kind, JobOptions options, CancellationToken cancel) =>
        State.Operator is not null && await PreviewAsync(RequestFor(kind, options, null), cancel) is { Disks.Count: 0 };

    /// <summary>Internal disks, as they are now.</summary>
    /// <exception cref="UserErrorException"><c>machine-no-disk</c></exception>
    public async Task<IReadOnlyList<DiskNote>> DisksAsync(CancellationToken cancel)
    {
        var present = (await Computer.DisksAsync(cancel)).Where(disk => !disk.Disk.IsRemovable).ToList();
        return present.Count > 0 ? await DiskNote.ReadAsync(Computer, present, cancel) : throw MachineErrors.NoDisk();
    }

    public void Show(Orders orders, string? words)
    {
        var retryAt = orders.Retry is { Seconds: >= 0 and < LongestRetry and var seconds } ? Time.GetUtcNow() + TimeSpan.FromSeconds(seconds) : (DateTimeOffset?)null;
        Update(state => state with { Orders = orders, PairingWords = words, RetryAt = retryAt });
        WantFacts();
        if (orders.ShowsWords && words is not null && _started is { } batch)
        {
            _started = null;
            _ = TryPairAsync(batch, words); // reports what goes wrong by itself
        }
    }

    public void Say(string line) => Update(state => state with { Lines = [.. state.Lines.TakeLast(MostLines - 1), line] });

    public IDisposable Begin(JobOrder order, JobProgress progress)
    {
        Update(state => state with { Work = new WorkScreen(order, progress, state.Facts, Time) });
        return new Ended(this);
    }

    /// <summary>Something else has the terminal meanwhile: no disk is overwritten behind the back of whoever sits there.</summary>
    public void WhileAway(Action act)
    {
        _isAway = true;
        try
        {
            act();
        }
        finally
        {
            _isAway = false;
        }
    }

    // Whoever is in a shell cannot see what is about to go.
    private bool IsInShell => _isAway || OpenShell.IsThere(Options.ShellMark);

    public async Task<bool> MayWriteAsync(JobOrder order, IReadOnlyList<PresentDisk> disks, CancellationToken cancel)
    {
        if (Options.IsUnattended)
        {
            return true;
        }

        if (IsInShell)
        {
            return false;
        }

        var moment = new LastMoment(order, await DiskNote.ReadAsync(Computer, disks, cancel), Time);
        Update(state => state with { LastMoment = moment });
        try
        {
            return await moment.WaitAsync(cancel);
        }
        finally
        {
            Update(state => state with { LastMoment = null });
        }
    }

    public async Task<bool> MayRestartAsync(JobOrder order, CancellationToken cancel)
    {
        if (Options.IsUnattended)
        {
            return true;
        }

        if (IsInShell)
        {
            return false;
        }

        var countdown = new Countdown(Time);
        Update(state => state with { Restart = countdown });
        var goes = true;
        try
        {
            return goes = await countdown.WaitAsync(cancel);
        }
        finally
        {
            Update(state => state with { Restart = null, IsManned = state.IsManned || !goes });
        }
    }

    public async Task PauseAfterAsync(JobOrder order, string step, CancellationToken cancel)
    {
        if (!Options.StopsAfterSteps && Options.Pause <= TimeSpan.Zero)
        {
            return;
        }

        var held = new HeldStep(step, Options.StopsAfterSteps ? null : Options.Pause, Time);
        Update(state => state with { Held = held });
        try
        {
            await held.WaitAsync(cancel);
        }
        finally
        {
            Update(state => state with { Held = null });
        }
    }

    public void Away(TimeSpan away) => Update(state => state with { Away = away });

    public void End(JobOrder order, JobEnd end, IReadOnlyList<string> warnings)
    {
        State.Work?.End(end, warnings);
        Update(state => state);
        WantFacts();
    }

    public void Dispose()
    {
        _loop.Dispose();
        Account.Dispose();
        _factsWanted.Dispose();
        _leaving.Dispose();
    }

    private static MachineStage StageOf(MachineState state, bool isAuto) => state switch
    {
        { Work: not null } or { Restart: not null } => MachineStage.Work,
        { Orders: null } or { Facts: null } => MachineStage.Connecting,
        _ when isAuto => MachineStage.Waiting,
        { Operator: null, Facts.MayRestore: true } => MachineStage.Menu,
        { Operator: null } => MachineStage.Login,
        { Orders.State: AgentState.Pending } or { Facts.Name: null } => MachineStage.Register,
        _ => MachineStage.Menu,
    };

    private BatchRequest RequestFor(JobKind kind, JobOptions options, IReadOnlyList<DiskBinding>? disks) => new(
        Guid.NewGuid().ToString("N"), kind, new HostSelection([State.Facts?.Name ?? throw MachineErrors.NotRegistered()]), options, Disks: disks);

    private async Task<HostOutlook> PreviewAsync(BatchRequest request, CancellationToken cancel)
    {
        var answer = await Account.AskAsync(client => client.CallAsync(JobApi.Start, request with { Preview = true }, cancel));
        var outlook = answer.Hosts.Single();
        return outlook.Obstacle is { } obstacle ? throw obstacle.ToError() : outlook;
    }

    // Whoever has just started a job here sees these words: the session that they opened at this computer says so.
    private async Task TryPairAsync(string batch, string words)
    {
        try
        {
            foreach (var view in await Account.AskAsync(client => client.AskAsync(JobApi.List, "batch=" + batch, _leaving.Token)))
            {
                await Account.AskAsync(client => client.CallAsync(JobApi.Pair, new Pairing(words), _leaving.Token, view.Job.Id));
            }

            PollNow();
        }
        catch (Exception e) when (e is UserErrorException or OperationCanceledException)
        {
            Say(e.Message);
        }
    }

    private void WantFacts() => _factsWanted.Release();

    private async Task FollowFactsAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await _factsWanted.WaitAsync(cancel);
                await TryRefreshAsync(cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    private async Task TryRefreshAsync(CancellationToken cancel)
    {
        try
        {
            await RefreshAsync(cancel);
        }
        catch (UserErrorException e)
        {
            Say(e.Message);
        }
    }

    private void Update(Func<MachineState, MachineState> change)
    {
        lock (_gate)
        {
            _state = change(_state);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>The work is over; how it ended is told once the server knows.</summary>
    private sealed class Ended(MachineSession session) : IDisposable
    {
        public void Dispose() => session.Update(state => state);
    }
}
