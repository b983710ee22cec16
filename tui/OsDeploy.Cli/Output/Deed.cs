namespace OsDeploy.Cli.Output;

/// <summary>What a verb without an answer of its own prints as JSON.</summary>
/// <param name="Done">Stable words: <c>host-deleted</c>.</param>
/// <param name="Names">What it was done to.</param>
internal sealed record Deed(string Done, IReadOnlyList<string> Names);
