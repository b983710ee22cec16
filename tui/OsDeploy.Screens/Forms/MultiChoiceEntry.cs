namespace OsDeploy.Screens.Forms;

/// <summary>Some out of a list.</summary>
internal sealed class MultiChoiceEntry(string id, string label, Func<IReadOnlyList<Choice>> options, params IEnumerable<string> values) : FormField(id, label)
{
    private readonly HashSet<string> _before = [.. values];

    public IReadOnlyList<Choice> Options => options();

    /// <summary>Ids of what is chosen.</summary>
    public HashSet<string> Values { get; } = [.. values];

    public bool IsRequired { get; init; }

    public IReadOnlyList<Choice> Chosen => [.. Options.Where(option => Values.Contains(option.Id))];

    public override bool IsChanged => !Values.SetEquals(_before);

    protected override string? CheckAnswer() => IsRequired && Chosen.Count == 0 ? Words.Common.ChooseSome : null;
}
