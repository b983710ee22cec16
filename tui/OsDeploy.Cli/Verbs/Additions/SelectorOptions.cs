using System.CommandLine;
using System.Globalization;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Personal;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Cli.Verbs.Additions;

/// <summary>Which hosts get an addition, where on them, and when: what <c>addition add</c> and <c>addition set</c> both take.</summary>
internal sealed class SelectorOptions
{
    private readonly Option<string?> _configuration = VerbOptions.Text("--config", "Hosts of this configuration.", "NAME");
    private readonly Option<string?> _room = VerbOptions.Text("--room", "Hosts of this room.", "NAME");
    private readonly Option<string?> _names = VerbOptions.Text("--names", "Hosts with names like this: r101-*, lib-pc0?.", "PATTERN");
    private readonly Option<string?> _host = VerbOptions.Text("--host", "This host only.", "NAME");
    private readonly Option<OperatingSystem?> _os = VerbOptions.Choice<OperatingSystem>("--os", "Partitions with this system", "OS");
    private readonly Option<JoinMode?> _join = VerbOptions.Choice<JoinMode>("--join", "Partitions whose system joins so", "MODE");
    private readonly Option<string?> _vendor = VerbOptions.Text("--vendor", "Computers of this maker, as `osdeploy host show` says it: Dell*.", "PATTERN");
    private readonly Option<string?> _model = VerbOptions.Text("--model", "Computers of this model: OptiPlex 7*.", "PATTERN");
    private readonly Option<string?> _partition = VerbOptions.Text("--partition", "This partition only.", "[DISK.]NUMBER");

    public IEnumerable<Symbol> All => [_configuration, _room, _names, _host, _os, _join, _vendor, _model, _partition, Order];

    public Option<int?> Order { get; } = VerbOptions.Number("--order", $"Smaller numbers take effect first. Default: {Addition.UsualOrder}.", 0, Addition.MaxOrder);

    public Selector Of(ParseResult parsed) => new(
        parsed.GetValue(_configuration), parsed.GetValue(_room), parsed.GetValue(_names), parsed.GetValue(_host), parsed.GetValue(_os), parsed.GetValue(_join), parsed.GetValue(_vendor), parsed.GetValue(_model));

    /// <returns>Disk and number; null: not said.</returns>
    /// <exception cref="UserErrorException"><c>usage-place</c></exception>
    public (int Disk, int Number)? PlaceOf(ParseResult parsed)
    {
        if (parsed.GetValue(_partition) is not { } text)
        {
            return null;
        }

        var parts = text.Split('.');
        return parts.Length <= 2 && TryNumber(parts[0], out var first) && TryNumber(parts[^1], out var last) ? (parts.Length == 2 ? first : 1, last) : throw TemplateErrors.UsagePlace(text);
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
