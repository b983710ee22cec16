namespace OsDeploy.Benchmarks.Streams;

/// <summary>What happens to the last of the receivers.</summary>
internal enum Mishap
{
    None,

    /// <summary>Its disk takes nothing any more once half has come.</summary>
    Frozen,

    /// <summary>It is switched off once half has come.</summary>
    Killed,

    /// <summary>Its link has a tenth of the speed.</summary>
    Slow,
}

/// <param name="Rate">Of every link, in Mbit/s.</param>
/// <param name="Loss">Share of datagrams that every receiver loses at random.</param>
internal sealed record StreamPlan(int Receivers, int Rate, long Bytes, int Seed, Mishap Mishap = Mishap.None, double Loss = 0);
