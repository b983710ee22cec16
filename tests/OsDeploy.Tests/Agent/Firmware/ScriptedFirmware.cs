using System.Text;
using OsDeploy.Agent.Firmware;

namespace OsDeploy.Tests.Agent.Firmware;

/// <summary>A firmware that does what efibootmgr is asked for, and remembers what that was.</summary>
internal sealed class ScriptedFirmware(string output)
{
    private BootEntries _state = BootEntries.Parse(output);

    /// <summary>One line per call.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>It says yes to every order, and keeps its own.</summary>
    public bool IsStubborn { get; init; }

    public IReadOnlyList<BootEntry> Entries => _state.Entries;

    public IReadOnlyList<string> Order => _state.Order;

    public Task<string> Run(IReadOnlyList<string> arguments)
    {
        Asked.Add(string.Join(' ', arguments.Select(argument => argument.Contains(' ', StringComparison.Ordinal) ? $"'{argument}'" : argument)));
        _state = arguments switch
        {
            [_, "--create-only", "--disk", _, "--part", var part, "--loader", var loader, "--label", var label] => Created(part, loader, label),
            [_, "--bootorder", var order] => IsStubborn ? _state : _state with { Order = order.Split(',') },
            [_, "--bootnum", var number, "--delete-bootnum"] => new BootEntries(
                _state.Current, [.. _state.Order.Where(other => other != number)], [.. _state.Entries.Where(entry => entry.Number != number)]),
            [_] => _state,
            _ => throw new InvalidOperationException("efibootmgr does not take " + string.Join(' ', arguments)),
        };
        var text = new StringBuilder($"BootCurrent: {_state.Current}\nTimeout: 0 seconds\nBootOrder: {string.Join(',', _state.Order)}\n");
        _state.Entries.ToList().ForEach(entry => text.Append($"Boot{entry.Number}{(entry.IsActive ? '*' : ' ')} {entry.Label}\t{entry.Path}\n"));
        return Task.FromResult(text.ToString());
    }

    private BootEntries Created(string part, string loader, string label)
    {
        var number = Enumerable.Range(0, 0x10000).Select(candidate => candidate.ToString("X4", System.Globalization.CultureInfo.InvariantCulture)).First(candidate => _state.Find(candidate) is null);
        return _state with { Entries = [.. _state.Entries, new BootEntry(number, true, label, $"HD({part},GPT,{FirmwareSamples.Guid},0x800,0x32000)/File({loader})")] };
    }
}
