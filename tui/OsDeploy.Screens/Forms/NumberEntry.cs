using System.Globalization;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Forms;

/// <summary>A whole number. Kept as it is typed, so that what is wrong can be mended.</summary>
internal sealed class NumberEntry(string id, string label, int value, int least, int most) : FormField(id, label)
{
    private readonly int _before = value;

    public string Text { get; set; } = value.ToString(CultureInfo.InvariantCulture);

    public int Least { get; } = least;

    public int Most { get; } = most;

    /// <summary>What it was if the text is no number.</summary>
    public int Value => Number ?? _before;

    public override bool IsChanged => Number != _before;

    private int? Number => int.TryParse(Text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    protected override string? CheckAnswer() => Number is { } number && number >= Least && number <= Most ? null : Language.Fill(Words.Common.NumberRange, Least, Most);
}
