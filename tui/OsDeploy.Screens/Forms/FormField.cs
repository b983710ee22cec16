namespace OsDeploy.Screens.Forms;

/// <summary>One question of a form, and the answer so far. Knows nothing of how it is asked.</summary>
/// <param name="id">For scripts and tests; not shown.</param>
/// <param name="label">With its hot key: <c>_Name</c>.</param>
internal abstract class FormField(string id, string label)
{
    public string Id { get; } = id;

    public string Label { get; } = label;

    /// <summary>Without the mark of the hot key.</summary>
    public string PlainLabel => HotKey.Strip(Label);

    /// <summary>Shown on F1 or <c>?</c>; empty: nothing to say.</summary>
    public string Help { get; init; } = "";

    /// <summary>Whether it is asked at all, looked at each time; null: always.</summary>
    public Func<bool>? Applies { get; init; }

    public bool IsAsked => Applies?.Invoke() ?? true;

    /// <summary>Somebody must answer: it is not only read.</summary>
    public virtual bool IsQuestion => true;

    /// <summary>It differs from what it was when the form was made.</summary>
    public abstract bool IsChanged { get; }

    /// <returns>What is wrong with the answer, for people; null: nothing.</returns>
    public string? Check() => IsAsked ? CheckAnswer() : null;

    protected abstract string? CheckAnswer();
}
