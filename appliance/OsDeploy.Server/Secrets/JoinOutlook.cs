using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Personalisation;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;

namespace OsDeploy.Server.Secrets;

/// <summary>Says before a restore what will keep a host out of its domain after it.</summary>
internal sealed class JoinOutlook(JoinAccounts accounts, OfflineJoins offline)
{
    /// <returns>For the operator; null: nothing is known against it.</returns>
    public string? NoteOf(Host host, Configuration? configuration, JobOptions options)
    {
        var partitions = EffectivePlan.Of(configuration, host).Select(partition => partition.Plan).ToList();
        var need = JoinNeed.Of(partitions, options, JoinPlan.Of(configuration, host, options));
        if (need.Domain is not { } domain)
        {
            return need.LacksDomain ? "it is to join a domain, and neither it nor its configuration says which" : null;
        }

        var joining = offline.Of(host.Id);
        if (need.TakesOffline && joining.IsFor(job: null))
        {
            return null;
        }

        return accounts.Find(domain)?.User is { } user ? AgainNote(host, domain, user, joining.Joined)
            : joining is { Data: not null, Job: { } used } ? $"it has nothing to join {domain} with: its file of djoin was used by job {used.TrimStart('0')}, and there is no join account"
            : $"it has nothing to join {domain} with: set a join account, give it a file of djoin, or start it with --no-join";
    }

    // KB5020276: since October 2022 a computer account is used again only by the account that made it.
    private static string? AgainNote(Host host, string domain, string user, JoinedAs? joined)
    {
        var isKnown = joined is not null && PlainText.AreEqual(joined.Domain, domain) && PlainText.AreEqual(joined.Name, host.Name.ToString());
        var before = isKnown ? joined!.Account ?? "a file of djoin" : null;
        return PlainText.AreEqual(joined?.Account, user) && isKnown ? null
            : (before is null ? $"{domain} refuses a computer {host.Name} that {user} did not join (KB5020276)" : $"{domain} will refuse it (KB5020276): {before} joined it, and not {user}")
            + "; delete its account there first, or use the account that joined it or a file of djoin"; // a table of the command line shows 200 letters
    }
}
