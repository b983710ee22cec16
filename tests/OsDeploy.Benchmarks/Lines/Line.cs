namespace OsDeploy.Benchmarks.Lines;

/// <summary>One line of the result: a quantity of a contender, beside the same of a peer, against a goal.</summary>
/// <param name="Contender">Its name in the trial.</param>
/// <param name="Peer">A contender of the same trial, or <see cref="UsedData"/>; null: the figure stands alone.</param>
internal sealed record Line(string Trial, Quantity Quantity, string Contender, string? Peer = null, Goal? Goal = null)
{
    /// <summary>The peer of shares: as many bytes as the volume uses.</summary>
    public const string UsedData = "used-data";

    public string Name => string.Join('/', new[] { Trial, Quantity.Name, Contender == "osdeploy" ? null : Contender, Peer }.OfType<string>());
}
