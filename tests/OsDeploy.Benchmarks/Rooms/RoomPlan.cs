namespace OsDeploy.Benchmarks.Rooms;

/// <param name="Configuration">Of all its hosts; its image is what is restored.</param>
/// <param name="Pollers">Hosts that only ask whether there is something to do.</param>
/// <param name="Restorers">Hosts that restore, all at once.</param>
/// <param name="Span">How long polls are measured, at most: they end with the restores.</param>
internal sealed record RoomPlan(string Configuration, int Pollers, int Restorers, TimeSpan Span);
