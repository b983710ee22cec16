using OsDeploy.Api.Agents;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Images;
using OsDeploy.Server.Jobs;

namespace OsDeploy.Server.Agents;

/// <summary>
/// What agents ask: who am I, what shall I do, and here is how far I am. An agent's credential proves only that the same program
/// speaks; which host it is says its hardware, and a job goes to the first that matches inside the window an operator opened.
/// </summary>
internal sealed class AgentDesk(
    AgentBook book, HostRegistry hosts, Introductions introductions, ImageStores stores, JobBoard board, JobBinder binder, JobEnds ends, ClaimTokens claims, Pairings pairings, Alarms alarms, EventHub events, AuditLog audit, TimeProvider time)
{
    private const double PollSeconds = 5;
    private const double PollSecondsOfWaiting = 2;

    public HelloAnswer Hello(Hello hello, string address)
    {
        if (!Guid.TryParseExact(hello.Nonce, "N", out _))
        {
            throw AgentErrors.Malformed("a nonce is 32 hexadecimal digits");
        }

        // Anyone may say hello, and what is said is kept: only so much of it, and only what can be shown.
        var (identity, inventory) = (HardwareLimits.Of(hello.Identity), HardwareLimits.Of(hello.Inventory));
        var met = introductions.Meet(identity, inventory, address, hello.IsLab);
        var isKnown = book.ByNonce(hello.Nonce) is not null;
        var record = new AgentRecord(
            Guid.NewGuid().ToString("N")[..12], "", "", met.Host?.Id, met.Pending?.Id, identity, address, hello.IsLab, time.GetUtcNow());
        var (agent, token) = book.Admit(record, hello.Nonce);
        if (met.Host is { } host && !isKnown)
        {
            TakeOver(agent, host, hello.Claim);
        }

        return new HelloAnswer(agent.Id, token, time.GetUtcNow());
    }

    /// <summary>Whether an agent said hello with this nonce before.</summary>
    public bool Knows(string nonce) => book.ByNonce(nonce) is not null;

    /// <exception cref="UserErrorException"><c>agent-unknown</c></exception>
    public async Task<Orders> PollAsync(string agentId, string address, CancellationToken cancel)
    {
        var agent = introductions.LookAgain(Require(agentId), address);
        if (agent.Host is null)
        {
            return new Orders(AgentState.Pending, null, null, null, "an operator to register this computer", PollSecondsOfWaiting);
        }

        if (hosts.FindById(agent.Host) is not { } host || !Introductions.IsStill(agent, host))
        {
            book.Remove(agent);
            throw AgentErrors.Unknown();
        }

        hosts.Seen(host.Id, address);
        return host.IsBlocked
            ? new Orders(AgentState.Blocked, host.Name.ToString(), host.Configuration, null, "an operator to allow this host again", PollSeconds)
            : await OrdersForAsync(agent, host, cancel);
    }

    /// <exception cref="UserErrorException"><c>lease-lost</c>, <c>agent-unknown</c></exception>
    public async Task<ReportAnswer> ReportAsync(string agentId, string jobId, JobReport report, CancellationToken cancel)
    {
        var agent = Require(agentId);
        var known = board.Find(jobId) ?? throw JobErrors.LeaseLost();
        if (JobRules.IsOver(known) && known.Fence == report.Fence && known.Host == agent.Host && report.End is not null)
        {
            return new ReportAnswer(known.IsCancelling); // the answer to the first one was lost
        }

        RequireLease(known, agent, report.Fence);
        var end = report.End is null ? null : await ends.ProveAsync(known, Reports.Of(report.End), cancel);
        board.Live.Heard(known.Id, Reports.Of(report.Progress));
        events.Publish("progress", known.Id);
        var job = board.Change(known.Id, current =>
        {
            RequireLease(current, agent, report.Fence);
            board.Log.Append(current.Id, report.FirstLine, report.Log);
            var reported = Reports.Of(current, report);
            return end is null ? reported : ends.End(reported, end);
        });
        if (end is not null)
        {
            await ends.AfterAsync(job);
        }

        return new ReportAnswer(job.IsCancelling);
    }

    /// <summary>The running job of an agent, if it has one: what it may do with the store hangs on it.</summary>
    public Job? JobOf(string agentId) => board.RunningOf(agentId) is { } job && hosts.MayWork(job.Host) ? job : null;

    /// <summary>The running job of an agent that took it with this fence.</summary>
    /// <exception cref="UserErrorException"><c>lease-lost</c>, <c>agent-unknown</c></exception>
    public Job Leased(string agentId, string jobId, long fence)
    {
        var job = board.Find(jobId) ?? throw JobErrors.LeaseLost();
        RequireLease(job, Require(agentId), fence);
        return job;
    }

    private void RequireLease(Job job, AgentRecord agent, long fence)
    {
        if (job.State != JobState.Running || job.Agent != agent.Id || job.Fence != fence || !hosts.MayWork(job.Host))
        {
            throw JobErrors.LeaseLost();
        }
    }

    private async Task<Orders> OrdersForAsync(AgentRecord agent, Host host, CancellationToken cancel)
    {
        var job = board.ActiveOf(host.Id);
        job = job is null ? null : await binder.BindAsync(job, host, cancel);
        if (job is { State: JobState.Waiting, Store: not null } && !stores.IsReachedBy(job))
        {
            job = board.Change(job.Id, current => current.State == JobState.Waiting ? JobRules.Skip(current, JobFaults.StoreChanged(), time.GetUtcNow()) : null);
        }

        return job switch
        {
            null or { State: JobState.Ended } => Idle(host, null, PollSeconds),
            { State: JobState.Waiting } when !pairings.Allows(agent, host, job) => Unpaired(host),
            { State: JobState.Waiting } => Order(Claim(job, agent), agent, host),
            { State: JobState.Running } => Order(job, agent, host),
            { State: JobState.NeedsDisk } => Idle(host, "an operator to choose the disk", PollSecondsOfWaiting),
            { State: JobState.Frozen } => Idle(host, "an operator to look: two computers say they are this host", PollSecondsOfWaiting),
            _ when JobRules.WaitsToRetry(job) => Idle(host, $"job {job.Id.TrimStart('0')} to be tried again by itself", PollSecondsOfWaiting) with { Retry = new ComingRetry(job.Id, job.Retries + 1, job.MostRetries + 1, Math.Max(0, board.Live.LeftOf(job).TotalSeconds)) },
            _ => Idle(host, $"the time of job {job.Id.TrimStart('0')}", PollSeconds),
        };
    }

    private static Orders Idle(Host host, string? awaits, double pollAfter) =>
        new(AgentState.Idle, host.Name.ToString(), host.Configuration, null, awaits, pollAfter);

    private static Orders Unpaired(Host host) =>
        Idle(host, "an operator to compare the four words on this screen", PollSecondsOfWaiting) with { ShowsWords = true };

    private Job Claim(Job job, AgentRecord agent) => board.Change(job.Id, current =>
    {
        if (current.State != JobState.Waiting)
        {
            return null; // another poll was quicker; what it became is answered at the next one
        }

        audit.Append("host:" + current.HostName, "job-claim", "job " + current.Id.TrimStart('0'), $"from {agent.Address}");
        return JobRules.Claim(current, agent.Id, time.GetUtcNow());
    });

    private Orders Order(Job job, AgentRecord agent, Host host)
    {
        if (job.State != JobState.Running)
        {
            return Idle(host, null, PollSecondsOfWaiting);
        }

        if (job.Agent != agent.Id)
        {
            Freeze(job, agent, "while the first works");
            return Idle(host, "an operator to look: two computers say they are this host", PollSecondsOfWaiting);
        }

        board.Live.Heard(job.Id, progress: null);
        return new Orders(AgentState.Job, host.Name.ToString(), host.Configuration, OrderOf(job), null, PollSeconds);
    }

    // What it is told is what the operator saw: the plan lies in the job, not in the configuration of today.
    private JobOrder OrderOf(Job job) => new(
        job.Id,
        job.Fence,
        job.Kind,
        job.Options,
        job.Image,
        job.Version,
        job.Disks,
        job.Partitions,
        job.Store is null ? null : stores.RemoteOf(job),
        claims.Of(job),
        job.IsCancelling,
        job.Personality);

    // The computer that had the job before shows the token it was given: then it goes on. Anybody else stops it. The token has stood in a
    // boot script: where the host is strict it only gives the job back, for the start that an operator compares, and only once the first
    // computer has fallen silent.
    private void TakeOver(AgentRecord agent, Host host, string? claim)
    {
        if (board.ActiveOf(host.Id) is not { State: JobState.Running } running)
        {
            return;
        }

        var isGood = claim is not null && claims.Judge(running, claim) == ClaimStanding.Good;
        var isPaired = pairings.Allows(agent, host, running);
        if (isGood && (isPaired || board.Live.IsSilent(running.Id)))
        {
            board.Change(running.Id, job =>
            {
                if (job.State != JobState.Running || job.Fence != running.Fence)
                {
                    return null;
                }

                audit.Append("host:" + job.HostName, "job-claim-again", "job " + job.Id.TrimStart('0'), $"from {agent.Address}");
                return isPaired ? JobRules.Claim(job, agent.Id, time.GetUtcNow()) : JobRules.GiveBack(job, time.GetUtcNow());
            });
            return;
        }

        Freeze(running, agent, isGood ? "with its token, while the first was heard" : claim is null ? "without the token of the first" : claims.Judge(running, claim) == ClaimStanding.Replayed ? "with a token that was used before" : "with a wrong token");
    }

    private void Freeze(Job job, AgentRecord agent, string how)
    {
        var frozen = board.Change(job.Id, current =>
        {
            if (current.State != JobState.Running || current.Agent == agent.Id)
            {
                return null;
            }

            audit.Append("agent:" + agent.Id, "second-claimant", "job " + current.Id.TrimStart('0'), $"{current.HostName} from {agent.Address} {how}");
            return JobRules.Freeze(current);
        });
        if (frozen.State == JobState.Frozen)
        {
            board.Log.Note(frozen.Id, $"A second computer at {agent.Address} said it was {frozen.HostName}, {how}. Nothing more is written.");
            alarms.Raise(
                "second-claimant",
                $"A second computer at {agent.Address} said it was {frozen.HostName}, {how}: job {frozen.Id.TrimStart('0')} is frozen.",
                "See which computer is the right one, switch the other off, then `osdeploy job retry`.",
                frozen.Host,
                frozen.Id);
        }
    }

    private AgentRecord Require(string id) => book.ById(id) ?? throw AgentErrors.Unknown();
}
