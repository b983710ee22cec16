using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Images;
using OsDeploy.Personalisation;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts.Lists;

/// <summary>The cells of one line by column, and everything that is wrong with them.</summary>
internal sealed class HostCells
{
    private readonly CsvRecord _record;
    private readonly Dictionary<HostColumn, string> _cells = [];
    private readonly List<string> _faults = [];

    public HostCells(CsvRecord record, IReadOnlyList<HostColumn?> columns)
    {
        _record = record;
        if (record.Fault is { } fault)
        {
            _faults.Add(fault);
        }

        for (var i = 0; i < record.Cells.Count; i++)
        {
            var cell = Formulas.Restored(record.Cells[i].Trim());
            if (i < columns.Count && columns[i] is { } column)
            {
                _cells[column] = cell;
            }
            else if (cell.Length > 0)
            {
                _faults.Add($"\"{Printable.Of(cell, PlainText.MaxName)}\" is in no column");
            }
        }
    }

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>To be used only if there are no <see cref="Faults"/> afterwards.</summary>
    public HostLine ToLine()
    {
        var mac = Macs();
        var details = new HostDetails(
            Detail(HostColumn.Ip), Detail(HostColumn.Row), Detail(HostColumn.Place), WlanMac(), Detail(HostColumn.WlanIp),
            Detail(HostColumn.Serial), Detail(HostColumn.InventoryNumber), Detail(HostColumn.Owner));
        var join = new JoinSettings(
            Join(HostColumn.Domain, JoinNames.IsDomain), Join(HostColumn.MachineOu, JoinNames.IsUnit), Join(HostColumn.Workgroup, JoinNames.IsWorkgroup));
        return new HostLine(
            _record.Line, mac, Name(), NameOf(HostColumn.Room, PlainText.MaxName), NameOf(HostColumn.Configuration, ImageName.MaxLength), Line(HostColumn.Notes, PlainText.MaxNotes), details, join);
    }

    private string? this[HostColumn column] => _cells.GetValueOrDefault(column) is { Length: > 0 } cell ? cell : null;

    private List<MacAddress> Macs()
    {
        var macs = new List<MacAddress>();
        foreach (var text in (this[HostColumn.OtherMacs] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend(this[HostColumn.Mac] ?? ""))
        {
            if (MacAddress.TryParse(text, out var mac))
            {
                macs.Add(mac);
            }
            else
            {
                _faults.Add($"\"{Printable.Of(text, PlainText.MaxName)}\" is not the MAC address of a network card");
            }
        }

        if (macs.Count > HardwareLimits.MaxMacs)
        {
            _faults.Add("a host has at most 32 MAC addresses");
        }

        return [.. macs.Distinct()];
    }

    private ComputerName? Name()
    {
        if (this[HostColumn.ComputerName] is not { } text)
        {
            return null;
        }

        if (!ComputerName.TryParse(text, out var name))
        {
            _faults.Add($"\"{Printable.Of(text, PlainText.MaxName)}\" cannot be the name of a computer (1 to 15 letters, digits and dashes, not only digits)");
        }

        return name;
    }

    private string? NameOf(HostColumn column, int max)
    {
        var text = this[column];
        if (text is not null && !PlainText.IsName(text, max))
        {
            _faults.Add($"{column.Name} \"{Printable.Of(text, PlainText.MaxName)}\" is not 1 to {max} characters that can be shown");
        }

        return text;
    }

    private string? WlanMac()
    {
        if (this[HostColumn.WlanMac] is not { } text)
        {
            return null;
        }

        if (!MacAddress.TryParse(text, out var mac))
        {
            _faults.Add($"\"{Printable.Of(text, PlainText.MaxName)}\" is not the MAC address of a network card");
        }

        return mac.ToString();
    }

    private string? Join(HostColumn column, Func<string, bool> isValid)
    {
        var text = this[column];
        if (text is not (null or JoinSettings.None) && !isValid(text))
        {
            _faults.Add($"{column.Name} \"{Printable.Of(text, PlainText.MaxName)}\" cannot be one");
        }

        return text;
    }

    private string? Detail(HostColumn column) => Line(column, PlainText.MaxDetail);

    private string? Line(HostColumn column, int max)
    {
        if (!PlainText.TryLine(this[column], max, out var line))
        {
            _faults.Add($"{column.Name} has more than {max} characters");
        }

        return line.Length == 0 ? null : line;
    }
}
