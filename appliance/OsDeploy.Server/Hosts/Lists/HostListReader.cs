using OsDeploy.Api.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts.Lists;

/// <summary>
/// Reads a list of hosts: columns named by a first line (<see cref="HostColumn"/>, in any case and order; <c>mac</c> and <c>room</c>
/// or <c>name</c> at least), or, if the first line begins with a MAC address, the three columns MAC, image, name.
/// </summary>
internal static class HostListReader
{
    public const int MaxLines = 50_000;

    private static readonly HostColumn[] s_threeColumns = [HostColumn.Mac, HostColumn.Configuration, HostColumn.ComputerName];

    /// <exception cref="UserErrorException"><c>host-list-too-long</c></exception>
    public static HostLines Read(byte[] file)
    {
        var records = CsvRecords.Read(ForeignText.Of(file)).Take(MaxLines + 2).ToList();
        if (records.Count > MaxLines + 1)
        {
            throw HostErrors.ListTooLong(MaxLines);
        }

        if (records.Count == 0)
        {
            return new HostLines([], [Fault(1, "the file has no line")]);
        }

        if (records[0].Cells is [var first, ..] && MacAddress.TryParse(first, out _))
        {
            return ReadLines(records, s_threeColumns);
        }

        return ColumnsOf(records[0], out var columns) is { } fault
            ? new HostLines([], [Fault(records[0].Line, fault)])
            : ReadLines(records.Skip(1), columns);
    }

    private static string? ColumnsOf(CsvRecord header, out IReadOnlyList<HostColumn?> columns)
    {
        columns = [.. header.Cells.Select(HostColumn.Find)];
        var unknown = header.Cells.Where(cell => !string.IsNullOrWhiteSpace(cell) && HostColumn.Find(cell) is null).ToList();
        var twice = columns.OfType<HostColumn>().GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1);
        return header.Fault
            ?? (unknown.Count > 0 ? $"there is no column \"{Printable.Of(string.Join("\", \"", unknown))}\"; there are {string.Join(", ", HostColumn.All.Select(column => column.Name))}" : null)
            ?? (twice is not null ? $"the column {twice.Key} is there twice" : null)
            ?? (!columns.Contains(HostColumn.Mac) ? "the column mac is missing" : null)
            ?? (!columns.Contains(HostColumn.Room) && !columns.Contains(HostColumn.ComputerName) ? "the column room is missing" : null);
    }

    private static HostLines ReadLines(IEnumerable<CsvRecord> records, IReadOnlyList<HostColumn?> columns)
    {
        var (lines, faults) = (new List<HostLine>(), new List<ImportLine>());
        foreach (var record in records)
        {
            var cells = new HostCells(record, columns);
            var line = cells.ToLine();
            if (cells.Faults.Count > 0)
            {
                faults.Add(Fault(record.Line, string.Join("; ", cells.Faults)));
            }
            else
            {
                lines.Add(line);
            }
        }

        return new HostLines(lines, faults);
    }

    private static ImportLine Fault(int line, string detail) => new(line, ImportAction.Error, "", detail);
}
