using System.Globalization;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Server.Jobs;

/// <summary>What may be asked about how chunks come to the hosts of a batch.</summary>
internal static class TransferRules
{
    /// <summary>Slower than a tenth of the slowest network anybody has: a restore would take days.</summary>
    public const long LeastRate = 100_000;

    /// <param name="hosts">Hosts that are meant.</param>
    /// <exception cref="UserErrorException"><c>job-options</c></exception>
    public static void Check(JobKind kind, JobOptions options, int hosts)
    {
        if (!Enum.IsDefined(options.Transfer))
        {
            throw JobErrors.OptionsContradict("Chunks come by a stream to all hosts where that pays, or to each by HTTPS.");
        }

        if (options.MostBytesPerSecond != 0 && (options.MostBytesPerSecond < LeastRate || kind is not (JobKind.Restore or JobKind.ManualRestore)))
        {
            throw JobErrors.OptionsContradict("A limit is for restores, and at least 100kB a second.");
        }

        if (options.Transfer != TransferWish.Auto && kind is not (JobKind.Restore or JobKind.ManualRestore))
        {
            throw JobErrors.OptionsContradict("Only a restore can be told how its chunks come.");
        }

        if (options.Gather is { } gather)
        {
            CheckGathering(kind, options, gather, hosts);
        }
    }

    private static void CheckGathering(JobKind kind, JobOptions options, Gathering gather, int hosts)
    {
        if (kind != JobKind.Restore || hosts < 2)
        {
            throw JobErrors.OptionsContradict("Only the restore of several hosts can wait for them.");
        }

        if (options.Transfer == TransferWish.Unicast)
        {
            throw JobErrors.OptionsContradict("Hosts that get their chunks one by one do not wait for each other.");
        }

        if (gather.Hosts is { } wanted && (wanted < 2 || wanted > hosts))
        {
            throw JobErrors.OptionsContradict(string.Create(CultureInfo.InvariantCulture, $"It can wait for 2 to {hosts} hosts, as many as are meant, not for {wanted}."));
        }

        if (gather.Seconds is < 0 or > Gathering.MostSeconds)
        {
            throw JobErrors.OptionsContradict(string.Create(CultureInfo.InvariantCulture, $"It can wait for 0 to {Gathering.MostSeconds} seconds."));
        }
    }
}
