using System.Globalization;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console;

/// <summary>What has to be typed before something is lost: the name of the one, or how many they are.</summary>
internal static class Confirmation
{
    public const string FieldId = "confirm";

    public static string WordFor(IReadOnlyList<string> names) => names is [var only] ? only : names.Count.ToString(CultureInfo.InvariantCulture);

    /// <param name="expected">Looked at each time: it may depend on the answers before.</param>
    public static TextEntry Field(Func<string> expected) => new(FieldId, Words.Console.Confirm)
    {
        IsRequired = true,
        Help = Words.Console.ConfirmHelp,
        Rule = typed => typed == expected() ? null : Language.Fill(Words.Common.TypeExactly, expected()),
    };

    /// <summary>Says what to type.</summary>
    public static InfoEntry Demand(Func<string> expected) => new("demand", () => Language.Fill(Words.Common.TypeExactly, expected())) { IsWarning = true };
}
