namespace OsDeploy.Screens.Forms;

/// <summary>Yes or no.</summary>
internal sealed class CheckEntry(string id, string label, bool value = false) : FormField(id, label)
{
    private readonly bool _before = value;

    public bool Value { get; set; } = value;

    public override bool IsChanged => Value != _before;

    protected override string? CheckAnswer() => null;
}
