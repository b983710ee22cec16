using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Shell;

/// <summary>Something that can be done on a screen: in the status bar, in the menu, by a function key and by a letter.</summary>
/// <param name="Key">A function key. Serial programs eat some of them, so that there is always a letter too.</param>
/// <param name="Label">With the letter behind an underscore: <c>_Restore</c>.</param>
/// <param name="WhyNot">Why it cannot be done now; null: it can. Shown when somebody tries.</param>
/// <param name="Command">The command lines that do the same; null: there are none.</param>
internal sealed record ScreenAction(Key Key, string Label, Action Run, Func<string?>? WhyNot = null, Func<IReadOnlyList<CommandLine>>? Command = null)
{
    public string PlainLabel => HotKey.Strip(Label);

    /// <summary>Pressed without Alt while nobody types.</summary>
    public Key? Letter => HotKey.Of(Label) is { } letter ? new Key(letter) : null;
}
