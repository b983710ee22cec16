using System.Globalization;
using OsDeploy.Api.Boot;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Network;

/// <summary>One start, step by step, as it happens.</summary>
internal sealed class BootStepsScreen(Workplace workplace, NetworkDesk desk, string id) : LinesScreen(workplace)
{
    private const int Columns = 76;

    private readonly string _name = desk.RowOf(id) is { } row ? BootText.NameOf(row.Record) : "";

    public override string Heading => Language.Fill(Words.Network.StepsTitle, _name);

    public override string Help => Words.Network.StepsHelp;

    public override IReadOnlyList<ScreenAction> Actions =>
        [new(Key.F4, Words.Network.ActRetry, () => BootRetry.Ask(Workplace, desk, Row!), () => desk.WhyNotRetried(Row), () => NetworkDesk.RetryCommand(Row) is { } command ? [command] : [])];

    protected override Task ReadAsync(CancellationToken cancel) => desk.ReadAsync(cancel);

    protected override IEnumerable<string> LinesNow() => Row is { } row
        ? [.. FactText.Of(FactsOf(row), Columns).Split('\n'), "", $"── {Words.Network.Steps} ──", .. StepsOf(row.Record)]
        : [Words.Network.Gone];

    private BootRow? Row => desk.RowOf(id);

    private static IReadOnlyList<Fact> FactsOf(BootRow row) => Fact.Of(
        (Words.Network.Computer, row.Record.Name is { } name ? $"{Printable.Of(name)}, {Printable.Of(row.Record.Mac)}" : Printable.Of(row.Record.Mac)),
        (Words.Network.Address, Printable.Of(row.Record.Address ?? "")),
        (Words.Network.Firmware, BootText.FirmwareOf(row.Record.Firmware, row.Record.Loader)),
        (Words.Network.Boots, row.Action + (row.Loop is null ? "" : $"  ! {Words.Network.Stopped}")),
        (Words.Network.Because, row.Reason),
        (Words.Network.Build, Printable.Of(row.Record.Build ?? "")));

    private IEnumerable<string> StepsOf(BootRecord record)
    {
        var before = record.At;
        foreach (var step in record.Steps)
        {
            var clock = TimeZoneInfo.ConvertTime(step.At, desk.Zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            var since = string.Create(CultureInfo.InvariantCulture, $"+{Math.Max(0, (step.At - before).TotalSeconds):0.0} s");
            var word = BootText.WordOf(BootText.StageOf(step.What)) is { Length: > 0 } known ? known : Printable.Of(step.What);
            var head = $"{clock}  {since,9}  {word,-10}  ";
            foreach (var line in TextLines.Wrap(Printable.Of(step.Detail), Columns - head.Length))
            {
                yield return head + line;
                head = new string(' ', head.Length);
            }

            before = step.At;
        }
    }
}
