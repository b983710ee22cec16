using OsDeploy.Screens.Console.Shell;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Templates;

/// <summary>An answer file to read through.</summary>
internal sealed class TemplateTextScreen(Workplace workplace, string heading, string text) : LinesScreen(workplace)
{
    private const int Widest = 400;

    public override string Heading => Printable.Of(heading);

    public override string Help => Words.Templates.PreviewHelp;

    protected override Task ReadAsync(CancellationToken cancel) => Task.CompletedTask;

    protected override IEnumerable<string> LinesNow() => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(Indented);

    // The gate takes the blanks in front, and they are how people read XML.
    private static string Indented(string line)
    {
        var shown = line.Replace("\t", "    ", StringComparison.Ordinal);
        return new string(' ', shown.Length - shown.TrimStart(' ').Length) + Printable.Of(shown, Widest);
    }
}
