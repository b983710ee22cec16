using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Forms;

/// <summary>A line of text, or several.</summary>
internal sealed class TextEntry(string id, string label, string value = "") : FormField(id, label)
{
    private readonly string _before = value;

    public string Value { get; set; } = value;

    public int MaxLength { get; init; } = 200;

    public bool IsRequired { get; init; }

    /// <summary>Several lines: something is pasted.</summary>
    public bool IsLong { get; init; }

    /// <summary>Of the screen, for several lines.</summary>
    public int Rows { get; init; } = 8;

    /// <summary>What is wrong with a text that is there; null: nothing.</summary>
    public Func<string, string?>? Rule { get; init; }

    /// <summary>What could be meant, best first.</summary>
    public Func<IReadOnlyList<string>>? Proposals { get; init; }

    public override bool IsChanged => Value != _before;

    protected override string? CheckAnswer() =>
        Value.Length == 0 ? (IsRequired ? Words.Common.Required : null)
        : Value.Length > MaxLength ? Language.Fill(Words.Common.TooLong, MaxLength)
        : Rule?.Invoke(Value);
}
