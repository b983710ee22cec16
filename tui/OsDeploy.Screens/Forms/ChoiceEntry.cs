namespace OsDeploy.Screens.Forms;

/// <summary>One answer out of a list.</summary>
/// <param name="options">Looked at each time: it may depend on other answers.</param>
internal sealed class ChoiceEntry(string id, string label, Func<IReadOnlyList<Choice>> options, string? value = null) : FormField(id, label)
{
    private readonly string? _before = value;

    public ChoiceEntry(string id, string label, IReadOnlyList<Choice> options, string? value = null)
        : this(id, label, () => options, value)
    {
    }

    public IReadOnlyList<Choice> Options => options();

    /// <summary>Id of the choice; null: nothing is chosen yet.</summary>
    public string? Value { get; set; } = value;

    public Choice? Chosen => Options.FirstOrDefault(option => option.Id == Value);

    public override bool IsChanged => Value != _before;

    protected override string? CheckAnswer() => Chosen is null ? Words.Common.ChooseOne : null;
}
