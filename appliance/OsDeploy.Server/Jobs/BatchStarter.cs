using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Personalisation;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Server.Hooks;
using OsDeploy.Server.Hosts;

namespace OsDeploy.Server.Jobs;

/// <summary>Starting jobs is the approval: from here on, the hosts named may take them for an hour.</summary>
internal sealed class BatchStarter(HostRegistry hosts, BatchPlanner planner, JobBoard board, WakeOnLan wake, BatchHooks hooks, AuditLog audit, TimeProvider time)
{
    private const int MaxVersion = 64;

    public async Task<BatchAnswer> RunAsync(BatchRequest request, OperatorCaller by, CancellationToken cancel)
    {
        Check(request, by);
        var chosen = hosts.Select(request.Hosts);
        if (chosen.Count == 0)
        {
            throw JobErrors.NoHosts();
        }

        var outside = chosen.Where(host => !by.MayWorkIn(host.Room)).Select(host => host.Name.ToString()).ToList();
        if (outside.Count > 0)
        {
            throw JobErrors.OutsideRooms(outside);
        }

        if (request.Disks is { Count: > 0 } && (chosen.Count != 1 || !JobRules.NeedsDisks(request.Kind)))
        {
            throw JobErrors.OptionsContradict("Disks are named for one host, and for work on disks.");
        }

        TransferRules.Check(request.Kind, request.Options, chosen.Count);

        var plans = await planner.PlanAsync(chosen, request, cancel);
        var (batch, settled) = request.Preview ? (null, plans) : await StartAsync(request, plans, by.Name, by.AuditName, claim: null, cancel);
        return new BatchAnswer(batch, [.. settled.Select(plan => plan.Outlook)], SeenOf(plans));
    }

    /// <summary>
    /// A host restores itself to its current version; whether it may is the caller's to have asked. The agent that asks has the job from the
    /// start: nobody has approved a window that another one could come into.
    /// </summary>
    /// <exception cref="UserErrorException">What rules the host out, and <c>disk-choice-needed</c>: nobody is there who could be asked.</exception>
    public async Task RestoreSelfAsync(string requestId, Host host, string agent, CancellationToken cancel)
    {
        var request = new BatchRequest(requestId, JobKind.Restore, new HostSelection([host.Name.ToString()]), new JobOptions());
        CheckId(request);
        var plan = (await planner.PlanAsync([host], request, cancel)).Single();
        if (plan.Obstacle is { } obstacle)
        {
            throw obstacle.ToError();
        }

        if (plan.Disks.Count == 0)
        {
            throw JobErrors.DiskChoiceNeeded();
        }

        var by = "host:" + host.Name;
        await StartAsync(request, [plan], host.Name.ToString(), by, job => job.State == JobState.Waiting ? JobRules.Claim(job, agent, time.GetUtcNow()) : job, cancel);
    }

    private static void Check(BatchRequest request, OperatorCaller by)
    {
        CheckId(request);
        if (request.Kind is not (JobKind.Restore or JobKind.Reboot or JobKind.Hold) && !by.May(Right.StartAnyJob))
        {
            throw JobErrors.KindNotAllowed();
        }

        var options = request.Options;
        var isManual = request.Kind is JobKind.ManualBackup or JobKind.ManualRestore;
        if (isManual && (options.Partitions is not { Count: 1 } || !ImageName.TryParse(options.ManualName, out _)))
        {
            throw JobErrors.OptionsContradict("A manual backup or restore takes one partition and the name of a manual image.");
        }

        if (options.ManualName is { } name && !ImageName.TryParse(name, out _))
        {
            throw JobErrors.OptionsContradict("The name of a manual image is 1 to 64 letters, digits, dots, dashes and underscores.");
        }

        if (options.Version is { } version && !(version.Length is > 0 and <= MaxVersion && version.All(char.IsAsciiHexDigit)))
        {
            throw JobErrors.OptionsContradict("A version is named by the first of its 64 hexadecimal digits.");
        }

        if (options is { TableOnly: true, Partitions.Count: > 0 })
        {
            throw JobErrors.OptionsContradict("The partition table alone and chosen partitions exclude each other.");
        }
    }

    private static void CheckId(BatchRequest request)
    {
        if (!Guid.TryParseExact(request.Request, "N", out _) || !Enum.IsDefined(request.Kind))
        {
            throw JobErrors.RequestId();
        }
    }

    /// <returns>What became of the plans: another operator may have been quicker with a host.</returns>
    private async Task<(string? Batch, IReadOnlyList<HostPlan> Settled)> StartAsync(
        BatchRequest request, IReadOnlyList<HostPlan> plans, string by, string auditName, Func<Job, Job>? claim, CancellationToken cancel)
    {
        CheckPlans(request, plans);
        var run = board.HasStarted(request.Request) ? [] : await hooks.BeforeAsync(request, plans, by, cancel);
        return Start(request, plans, run, by, auditName, claim);
    }

    private static void CheckPlans(BatchRequest request, IReadOnlyList<HostPlan> plans)
    {
        if (request.Seen is { } seen && seen != SeenOf(plans))
        {
            throw JobErrors.PreviewOutdated();
        }

        var able = plans.Count(plan => plan.Obstacle is null);
        if (JobRules.IsDestructive(request.Kind) && able > 1 && request.Confirm != able)
        {
            throw JobErrors.CountNotConfirmed(able, request.Confirm);
        }
    }

    private (string? Batch, IReadOnlyList<HostPlan> Settled) Start(BatchRequest request, IReadOnlyList<HostPlan> plans, IReadOnlyList<HookRun> run, string by, string auditName, Func<Job, Job>? claim)
    {
        var now = time.GetUtcNow();
        var batch = new Batch
        {
            Id = "",
            Request = request.Request,
            Kind = request.Kind,
            Options = request.Options,
            CreatedBy = by,
            CreatedAt = now,
            At = request.At,
            Wake = request.Wake,
            Jobs = [],
            Hooks = run,
        };
        var settled = plans;
        var (started, isNew) = board.Start(batch, (number, nextId) =>
        {
            settled = [.. plans.Select(planner.Again)];
            audit.Append(auditName, "job-start", $"batch {number.TrimStart('0')}", Describe(request, settled));
            return [.. settled.Select(plan => plan.JobOf(nextId(), number, request, by, now)).Select(claim ?? (job => job))];
        });
        if (isNew && request.Wake && !(request.At > now))
        {
            wake.Begin(started.Id, settled.Where(plan => plan.Obstacle is null).Select(plan => plan.Host));
        }

        return (started.Id, settled);
    }

    // A pattern may mean other hosts, and "current" another version, than when the operator looked.
    private static string SeenOf(IReadOnlyList<HostPlan> plans)
    {
        var able = plans.Where(plan => plan.Obstacle is null).OrderBy(plan => plan.Host.Id, StringComparer.Ordinal).Select(plan =>
            $"{plan.Host.Id} {plan.Version} {string.Join(' ', plan.Disks.Select(disk => $"{disk.Disk}:{disk.Serial}:{disk.Wwn}"))}{SeenOf(plan.Personality)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', able))));
    }

    private static string SeenOf(Personality? personality) => personality is null ? "" : "\n" + JsonSerializer.Serialize(personality, ApiJson.Default.Personality);

    private static string Describe(BatchRequest request, IReadOnlyList<HostPlan> plans)
    {
        var versions = plans.Select(plan => plan.Version is { } version ? $"{plan.Image}@{version.Short}" : null).OfType<string>().Distinct();
        return $"{request.Kind} on {string.Join(", ", plans.Select(plan => plan.Host.Name))} {string.Join(", ", versions)}".TrimEnd();
    }
}
