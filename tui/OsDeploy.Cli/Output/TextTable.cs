using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>
/// Rows in aligned columns, two blanks apart. Every cell passes <see cref="Printable"/>, so labels and serials need no care
/// elsewhere.
/// </summary>
/// <param name="columns">Headings; one that begins with <c>&gt;</c> is a column of numbers, aligned to the right.</param>
internal sealed class TextTable(params IReadOnlyList<string> columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params IEnumerable<string?> cells) =>
        _rows.Add([.. cells.Select(cell => Printable.Of(cell))]);

    public void Write(TextWriter writer, string indent = "")
    {
        string[] heading = [.. columns.Select(column => column.TrimStart('>'))];
        var widths = heading.Select((text, i) => _rows.Select(row => row[i].Length).Append(text.Length).Max()).ToList();
        foreach (var row in _rows.Prepend(heading))
        {
            var cells = row.Select((cell, i) => columns[i].StartsWith('>') ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            writer.WriteLine((indent + string.Join("  ", cells)).TrimEnd());
        }
    }
}
