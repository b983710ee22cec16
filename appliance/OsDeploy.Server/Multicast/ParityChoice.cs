using OsDeploy.Multicast;

namespace OsDeploy.Server.Multicast;

/// <summary>
/// How much parity a block gets: as much as costs least, when a block that some host cannot put together has to be sent again. Losses are taken
/// as independent of each other.
/// </summary>
internal sealed class ParityChoice
{
    /// <summary>Share of lost datagrams from which on a host is none that parity could help.</summary>
    public const double HopelessLoss = 0.3;

    private const double LossStep = 0.002;
    private const int ContentStep = 8;
    private const int UsualBlock = 96;

    private readonly Dictionary<int, int> _known = [];
    private List<(double Loss, int Hosts)> _losses = [];

    /// <summary>Parity fragments per fragment of content, of a block as they usually are.</summary>
    public double Share => (double)For(UsualBlock) / UsualBlock;

    /// <summary>What the hosts have lost lately: shares from 0 to 1.</summary>
    public void Expect(IEnumerable<double> losses)
    {
        _known.Clear();
        _losses = [.. losses.Where(loss => loss < HopelessLoss).GroupBy(loss => Math.Ceiling(loss / LossStep) * LossStep).Where(group => group.Key > 0)
            .Select(group => (group.Key, group.Count()))];
    }

    /// <param name="content">Fragments of content in the block.</param>
    /// <returns>Fragments of parity, at most <see cref="FragmentPlan.MaxParity"/>.</returns>
    public int For(int content)
    {
        if (_losses.Count == 0)
        {
            return 0;
        }

        var rounded = (content + ContentStep - 1) / ContentStep * ContentStep;
        if (!_known.TryGetValue(rounded, out var parity))
        {
            _known[rounded] = parity = Cheapest(rounded);
        }

        return parity;
    }

    /// <summary>Chance that of <paramref name="sent"/> datagrams more than <paramref name="spare"/> are lost.</summary>
    internal static double ChanceOfMore(int sent, int spare, double loss)
    {
        var chance = Math.Pow(1 - loss, sent);
        var sum = chance;
        for (var lost = 1; lost <= spare; lost++)
        {
            chance *= (sent - lost + 1) * loss / (lost * (1 - loss));
            sum += chance;
        }

        return Math.Max(0, 1 - sum);
    }

    private int Cheapest(int content)
    {
        var (best, least) = (0, double.MaxValue);
        for (var parity = 0; parity <= FragmentPlan.MaxParity; parity++)
        {
            var again = _losses.Sum(group => group.Hosts * ChanceOfMore(content + parity, parity, group.Loss));
            var cost = ((double)parity / content) + Math.Min(1, again);
            (best, least) = cost < least ? (parity, cost) : (best, least);
        }

        return best;
    }
}
