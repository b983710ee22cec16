namespace OsDeploy.Screens.Forms;

/// <summary>Something to read between the questions.</summary>
/// <param name="text">Looked at each time: it may depend on the answers.</param>
internal sealed class InfoEntry(string id, Func<string> text, string label = "") : FormField(id, label)
{
    public string Text => text();

    /// <summary>It must not be overlooked: what is lost, what is missing.</summary>
    public bool IsWarning { get; init; }

    /// <summary>There may be more of it than a dialog has room for: it is scrolled in a box of its own.</summary>
    public bool IsLong { get; init; }

    public override bool IsQuestion => false;

    public override bool IsChanged => false;

    protected override string? CheckAnswer() => null;
}
