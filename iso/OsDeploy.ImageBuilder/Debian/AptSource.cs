namespace OsDeploy.ImageBuilder.Debian;

/// <summary>One archive that apt takes binary packages from.</summary>
internal sealed record AptSource(string Url, string Suite, IReadOnlyList<string> Components);
