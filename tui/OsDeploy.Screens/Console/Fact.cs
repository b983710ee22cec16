namespace OsDeploy.Screens.Console;

/// <summary>One line of what is known of something.</summary>
internal sealed record Fact(string Label, string Value)
{
    /// <summary>Those that say something.</summary>
    public static IReadOnlyList<Fact> Of(params IEnumerable<(string Label, string? Value)> facts) =>
        [.. facts.Where(fact => !string.IsNullOrWhiteSpace(fact.Value)).Select(fact => new Fact(fact.Label, fact.Value!))];
}
