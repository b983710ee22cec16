using OsDeploy.Api.Personal;
using OsDeploy.Templates;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>Answer files for people.</summary>
internal static class TemplateOutput
{
    private const int WidestLine = 2000;

    public static void WriteList(TextWriter writer, IReadOnlyList<TemplateView> templates, TimeProvider clock)
    {
        var table = new TextTable("TEMPLATE", "STATE", "BY", "CHANGED");
        foreach (var template in templates)
        {
            table.Add(template.Name, template.IsEdited ? "edited" : "as shipped", template.ChangedBy ?? "-", LocalTime.Of(clock, template.ChangedAt));
        }

        table.Write(writer);
    }

    public static void WriteHistory(TextWriter writer, IReadOnlyList<TemplateRevision> revisions, TimeProvider clock)
    {
        var table = new TextTable(">REVISION", "BY", "CHANGED", "WHAT");
        foreach (var revision in revisions)
        {
            table.Add($"{revision.Number}", revision.By, LocalTime.Of(clock, revision.At), revision.From switch { null => "written", 0 => "the shipped one again", { } from => $"revision {from} again" });
        }

        table.Write(writer);
    }

    /// <summary>A text that came from a server: what would steer the terminal is not in it any more.</summary>
    public static void WriteText(TextWriter writer, string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            writer.WriteLine(LineOf(line));
        }
    }

    public static void WriteFaults(TextWriter writer, TemplateName name, IReadOnlyList<TemplateFault> faults)
    {
        foreach (var fault in faults)
        {
            writer.WriteLine(Printable.Of(fault.ToString(), WidestLine));
        }

        if (faults.Count == 0)
        {
            writer.WriteLine($"It can be {name}.");
        }
    }

    public static void WriteSaved(TextWriter writer, TemplateText saved) => writer.WriteLine(
        saved.Template.IsEdited ? $"Saved {Printable.Of(saved.Template.Name)} as revision {saved.Template.Rev}. Jobs that were started before keep the one they began with."
        : $"{Printable.Of(saved.Template.Name)} is the shipped one again. Jobs that were started before keep the one they began with.");

    // Printable takes the blanks in front, and they are how people read XML.
    private static string LineOf(string line)
    {
        var text = line.Replace("\t", "    ", StringComparison.Ordinal);
        var blanks = text.Length - text.TrimStart(' ').Length;
        return new string(' ', blanks) + Printable.Of(text, WidestLine);
    }
}
