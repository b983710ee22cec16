using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Forms;

/// <summary>A text nobody may read over a shoulder.</summary>
internal sealed class SecretEntry(string id, string label) : FormField(id, label)
{
    private const int MaxLength = 256;

    public string Value { get; set; } = "";

    public bool IsRequired { get; init; }

    /// <summary>There is one already, which stays if nothing is typed.</summary>
    public bool IsSet { get; init; }

    public Func<string, string?>? Rule { get; init; }

    public override bool IsChanged => Value.Length > 0;

    protected override string? CheckAnswer() =>
        Value.Length == 0 ? (IsRequired && !IsSet ? Words.Common.Required : null)
        : Value.Length > MaxLength ? Language.Fill(Words.Common.TooLong, MaxLength)
        : Rule?.Invoke(Value);
}
