namespace OsDeploy.Server.Multicast;

/// <summary>
/// How fast to send so that the median host takes it. Datagrams are lost for two reasons: a link that is too slow, and then sending slower
/// loses less; or a link that loses by itself, and then it does not, and the old rate comes back.
/// </summary>
internal sealed class RateControl
{
    /// <summary>Bytes a second under which a stream is of no use.</summary>
    public const double Slowest = 256 << 10;

    private const double Tolerated = 0.01;
    private const double Headroom = 0.98;
    private const double Growth = 1.04;
    private const double Helped = 0.7;
    private const int CalmBeforeGrowth = 4;

    private readonly double _limit;
    private double _ownLoss;
    private double _rateBefore;
    private double _lossBefore;
    private int _calm;

    /// <param name="limit">Bytes a second that are never passed.</param>
    public RateControl(double limit) => (_limit, Rate) = (limit, limit);

    public double Rate { get; private set; }

    /// <summary>Hears how it went since the last call, and chooses.</summary>
    /// <param name="loss">Of the median host: 0 to 1.</param>
    /// <param name="delivered">Bytes a second that reached it.</param>
    public void Hear(double loss, double delivered)
    {
        if (_rateBefore > 0)
        {
            Judge(loss);
        }
        else if (loss > _ownLoss + Tolerated && delivered > 0)
        {
            (_rateBefore, _lossBefore, _calm) = (Rate, loss, 0);
            Rate = Math.Min(_limit, Math.Max(Slowest, Math.Min(Rate * Headroom, delivered / (1 - _ownLoss) * Headroom)));
        }
        else if (++_calm >= CalmBeforeGrowth && Rate < _limit)
        {
            _calm = 0;
            Rate = Math.Min(_limit, Rate * Growth);
        }
        else
        {
            _ownLoss = Math.Min(_ownLoss, loss);
        }
    }

    // It was slowed down. If that did not help, the loss is the link's own.
    private void Judge(double loss)
    {
        if (loss > _lossBefore * Helped)
        {
            (_ownLoss, Rate) = (loss, _rateBefore);
        }

        _rateBefore = 0;
    }
}
