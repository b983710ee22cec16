namespace OsDeploy.Api.Health;

/// <summary>How one thing of the appliance is, the better first.</summary>
public enum HealthState
{
    Ok,

    /// <summary>Good to know; nobody need do anything.</summary>
    Notice,

    /// <summary>It could not be read.</summary>
    Unknown,

    /// <summary>It works, and somebody should look before it does not.</summary>
    Warning,

    /// <summary>It does not work, or will not for long.</summary>
    Bad,
}

/// <param name="Id">A stable word: <c>disk-sda</c>, <c>clock</c>.</param>
/// <param name="Hint">What to do; empty where there is nothing to be done.</param>
public sealed record HealthItem(string Id, HealthState State, string Text, string Hint = "");

/// <param name="At">When it was looked.</param>
public sealed record HealthReport(DateTimeOffset At, IReadOnlyList<HealthItem> Items)
{
    /// <summary>The worst of all.</summary>
    public HealthState Worst() => Items.Select(item => item.State).DefaultIfEmpty().Max();
}
