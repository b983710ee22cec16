using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Network;

/// <summary>What of a form's answers is different from what it was, line by line.</summary>
/// <param name="fields">As they are when the form opens.</param>
internal sealed class FieldChanges(IReadOnlyList<FormField> fields)
{
    private const int MostColumns = 40;

    private readonly IReadOnlyList<(FormField Field, string Before)> _fields = [.. fields.Select(field => (field, TextOf(field)))];

    public IReadOnlyList<string> Lines =>
    [
        .. _fields.Where(one => one.Field is { IsAsked: true, IsChanged: true }).Select(one => one.Field is SecretEntry or TextEntry { IsLong: true }
            ? Language.Fill(Words.Starting.DiffersList, one.Field.PlainLabel)
            : Language.Fill(Words.Starting.Differs, one.Field.PlainLabel, one.Before, TextOf(one.Field))),
    ];

    private static string TextOf(FormField field) => field switch
    {
        ChoiceEntry choice => choice.Chosen?.Label ?? "-",
        CheckEntry check => check.Value ? Words.Common.Yes : Words.Common.No,
        NumberEntry number => Printable.Of(number.Text, MostColumns),
        TextEntry { Value.Length: > 0 } text => Printable.Of(text.Value, MostColumns),
        _ => "-",
    };
}
