using OsDeploy.Api.Hosts;

namespace OsDeploy.Server.Hosts;

internal enum MatchKind
{
    Nobody,

    /// <summary>Surely this one.</summary>
    Known,

    /// <summary>It may be this one with other hardware; an operator must say so.</summary>
    Changed,

    /// <summary>Several fit alike; an operator must say which.</summary>
    Tie,
}

/// <summary>A record a computer may be.</summary>
internal sealed record KnownHardware(string Id, HardwareValues Values)
{
    public static KnownHardware Of(string id, HardwareIdentity identity) => new(id, HardwareValues.Of(identity));
}

/// <summary>
/// Which host a computer is. UUID and the two serial numbers stay with the computer, a network card may be an adapter that travels:
/// one laptop at two docks is one host, two laptops at one adapter are two. A wrong guess overwrites a disk, so every doubt asks.
/// </summary>
/// <param name="Ids">One with <see cref="MatchKind.Known"/>, some with Changed and Tie, ascending.</param>
internal sealed record HardwareMatch(MatchKind Kind, IReadOnlyList<string> Ids)
{
    /// <summary>A value that fits more hosts than this was never meant to tell them apart.</summary>
    public const int MaxCandidates = 8;

    private static readonly HardwareMatch s_nobody = new(MatchKind.Nobody, []);

    /// <summary>The order of <paramref name="known"/> does not matter.</summary>
    public static HardwareMatch Of(HardwareValues seen, IEnumerable<KnownHardware> known)
    {
        var verdicts = known.Select(one => Verdict.Of(seen, one)).Where(verdict => verdict.Fits || verdict.IsChanged).ToList();
        var fits = Best(verdicts.Where(verdict => verdict.Fits));
        var changed = Best(verdicts.Where(verdict => verdict.IsChanged));
        if (fits is [var only] && (only.Agreeing > 0 || changed.Count == 0))
        {
            return new HardwareMatch(MatchKind.Known, [only.Id]);
        }

        return fits.Count > 0
            ? Asking(MatchKind.Tie, fits.Exists(fit => fit.Agreeing > 0) ? fits : [.. fits, .. changed])
            : Asking(MatchKind.Changed, changed);
    }

    private static HardwareMatch Asking(MatchKind kind, List<Verdict> candidates) => candidates.Count is 0 or > MaxCandidates
        ? s_nobody
        : new HardwareMatch(kind, [.. candidates.Select(candidate => candidate.Id).Order(StringComparer.Ordinal)]);

    private static List<Verdict> Best(IEnumerable<Verdict> verdicts)
    {
        var all = verdicts.ToList();
        var score = all.Count == 0 ? 0 : all.Max(verdict => verdict.Score);
        return [.. all.Where(verdict => verdict.Score == score)];
    }

    /// <param name="Agreeing">How many of UUID, system serial and board serial both have alike.</param>
    /// <param name="Conflicting">How many both have, and differ.</param>
    /// <param name="IsKnownStrong">The record has at least one of them.</param>
    private readonly record struct Verdict(string Id, int Agreeing, int Conflicting, bool SharesMac, bool IsKnownStrong)
    {
        public int Score => Agreeing - Conflicting + (SharesMac ? 1 : 0);

        // A host registered by its MAC alone is met by it; one that has been met before must show more than an adapter.
        public bool Fits => Conflicting == 0 && (Agreeing > 0 || (SharesMac && !IsKnownStrong));

        public bool IsChanged => Conflicting == 0 ? Agreeing == 0 && SharesMac && IsKnownStrong : Agreeing > 0;

        public static Verdict Of(HardwareValues seen, KnownHardware known)
        {
            var values = known.Values;
            ReadOnlySpan<bool?> equal = [Equal(seen.Uuid, values.Uuid), Equal(seen.SystemSerial, values.SystemSerial), Equal(seen.BoardSerial, values.BoardSerial)];
            return new Verdict(known.Id, equal.Count(true), equal.Count(false), seen.Macs.Overlaps(values.Macs), values.IsStrong);
        }

        private static bool? Equal(string? first, string? second) =>
            first is null || second is null ? null : string.Equals(first, second, StringComparison.Ordinal);
    }
}
