namespace OsDeploy.Benchmarks.Screens;

/// <param name="Many">Hosts of the large table.</param>
/// <param name="Span">How long the live table is watched.</param>
internal sealed record ScreenPlan(int Many, TimeSpan Span);
