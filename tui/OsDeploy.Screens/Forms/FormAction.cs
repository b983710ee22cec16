namespace OsDeploy.Screens.Forms;

/// <summary>What can be done with a filled form.</summary>
/// <param name="Run">Does it. A <see cref="UserErrorException"/> is shown on the form, which stays as it was filled.</param>
internal sealed record FormAction(string Id, string Label, Func<CancellationToken, Task> Run)
{
    /// <summary>Something is lost by it: never what Enter does by itself.</summary>
    public bool IsDestructive { get; init; }

    /// <summary>What it does just now, looked at while it runs; null: it does not say.</summary>
    public Func<string>? Doing { get; init; }

    /// <summary>Whether the answers must be right first. Not for what only goes away.</summary>
    public bool IsChecked { get; init; } = true;

    /// <summary>For a page of a wizard: nothing happens but that the answers are taken.</summary>
    public static FormAction Take(string label) => new("take", label, _ => Task.CompletedTask);
}
