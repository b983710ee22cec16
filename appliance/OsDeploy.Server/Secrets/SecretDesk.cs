using System.Security.Cryptography;
using System.Text;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Personalisation;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Jobs;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Secrets;

/// <summary>
/// Gives a host what it needs to know in its restore: once for each time that it took the job. Who asks twice with the same nonce has lost the
/// answer; anybody else who asks again is refused, and that is an alarm.
/// </summary>
internal sealed class SecretDesk(
    DocumentStore documents, HostRegistry hosts, ConfigurationRegistry configurations, JoinAccounts accounts, OfflineJoins offline, Alarms alarms, AuditLog audit, TimeProvider time)
{
    private readonly Collection<SecretRelease> _releases = documents.GetCollection("secret_release", SecretJson.Default.SecretRelease, release => release.Job);

    /// <param name="lease">The job, if whoever asks has it; it throws if not. Called inside the transaction.</param>
    /// <exception cref="UserErrorException"><c>secrets-released</c>, and what <paramref name="lease"/> throws.</exception>
    public PersonalSecrets Release(Func<Job> lease, SecretsRequest request, string address)
    {
        if (!Guid.TryParseExact(request.Nonce, "N", out _))
        {
            throw SecretErrors.NonceInvalid();
        }

        var (job, secrets) = documents.Transact(() =>
        {
            var leased = lease();
            return (leased, Answer(leased, request, address));
        });
        return secrets ?? throw Refused(job, address);
    }

    /// <summary>What followed from what was given out. Safe to repeat.</summary>
    public void Ended(Job job)
    {
        if (_releases.FindById(job.Id) is not { Value: var release })
        {
            return;
        }

        documents.Transact(() =>
        {
            if (job is { Outcome: JobOutcome.Verified } && release.Fence == job.Fence && release.Domain is { } domain)
            {
                offline.Joined(job.Host, new JoinedAs(job.HostName, domain, release.Account, time.GetUtcNow()));
            }

            _releases.Delete(job.Id);
        });
    }

    private PersonalSecrets? Answer(Job job, SecretsRequest request, string address)
    {
        var (nonce, before) = (Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(request.Nonce))), _releases.FindById(job.Id)?.Value);
        var isAgain = before?.Fence == job.Fence;
        if (isAgain && before!.NonceHash != nonce)
        {
            return null;
        }

        if (job.Kind != JobKind.Restore || hosts.FindById(job.Host) is not { } host)
        {
            return PersonalSecrets.None;
        }

        var (secrets, domain) = Collect(job, host);
        if (!isAgain)
        {
            _releases.Upsert(new SecretRelease(job.Id, job.Fence, nonce, domain, secrets.JoinUser, time.GetUtcNow()));
            audit.Append("host:" + job.HostName, "secrets-release", "job " + job.Id.TrimStart('0'), $"{KindsOf(secrets, domain)} to {address}");
        }

        return secrets;
    }

    private (PersonalSecrets Secrets, string? Domain) Collect(Job job, Host host)
    {
        // Its configuration as it was when the job was started: what it has become is not what the operator saw.
        var configuration = job.ConfigurationId is { } id ? configurations.Find(id) : null;
        var need = JoinNeed.Of(job.Partitions, job.Options, job.Personality?.Joining ?? JoinPlan.Of(configuration, host, job.Options));
        var secrets = new PersonalSecrets(
            [.. configurations.ProductIdsOf(configuration, host).Where(key => need.Systems.Any(plan => (plan.Disk, plan.Number) == (key.Disk, key.Number)))],
            AdminPassword: need.Systems.Count > 0 ? configurations.AdminPasswordOf(configuration) : null);
        if (need.Domain is not { } domain)
        {
            return (secrets, null);
        }

        var (joining, account) = (offline.Of(host.Id), accounts.Open(domain));
        return joining.IsFor(job.Id) && need.TakesOffline ? (secrets with { AccountData = offline.Use(joining, job.Id) }, domain)
            : account is not null ? (secrets with { JoinUser = account.User, JoinPassword = account.Password }, domain)
            : (secrets, null);
    }

    private static string KindsOf(PersonalSecrets secrets, string? domain)
    {
        string?[] kinds =
        [
            secrets.ProductIds.Count > 0 ? "product keys" : null,
            secrets.AccountData is not null ? $"file of djoin for {domain}" : null,
            secrets.JoinUser is { } user ? $"join account {user} of {domain}" : null,
            secrets.AdminPassword is not null ? "password of the local administrator" : null,
        ];
        return string.Join(", ", kinds.OfType<string>().DefaultIfEmpty("nothing"));
    }

    private UserErrorException Refused(Job job, string address)
    {
        audit.Append("host:" + job.HostName, "secrets-refused", "job " + job.Id.TrimStart('0'), $"asked for again from {address}");
        alarms.Raise(
            "secrets-asked-twice",
            $"A computer at {address} asked again for what job {job.Id.TrimStart('0')} had been told for {job.HostName} already; it got nothing.",
            "See which computers are on the network. If you do not know who asked, change the join account's password.",
            job.Host,
            job.Id);
        return JobErrors.SecretsReleased(job.Id);
    }
}
