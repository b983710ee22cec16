using System.Globalization;

namespace OsDeploy.Benchmarks.Lines;

/// <summary>A bound for the ratio to a peer, or for the figure where there is no peer.</summary>
internal sealed record Goal(bool IsLeast, double Bound)
{
    public static Goal AtLeast(double bound) => new(IsLeast: true, bound);

    public static Goal AtMost(double bound) => new(IsLeast: false, bound);

    public bool IsMetBy(double value) => IsLeast ? value >= Bound : value <= Bound;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsLeast ? ">=" : "<=")} {Bound}");
}
