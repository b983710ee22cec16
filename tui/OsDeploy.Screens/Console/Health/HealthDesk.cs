using OsDeploy.Api.Health;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Health;

/// <summary>How the appliance itself is, as it said last.</summary>
/// <param name="ask">Asks the appliance.</param>
internal sealed class HealthDesk(Func<CancellationToken, Task<HealthReport>> ask)
{
    private const int Widest = 500;

    private volatile HealthReport? _report;

    /// <summary>Null: nothing was read yet.</summary>
    public HealthReport? Report => _report;

    public static CommandLine Command => new("appliance", "health");

    public async Task ReadAsync(CancellationToken cancel) => _report = await ask(cancel);

    /// <returns>What needs somebody first.</returns>
    public IReadOnlyList<HealthItem> Find(string filter)
    {
        var words = filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. (_report?.Items ?? []).Where(item => words.All(word => $"{item.Id}\n{StateOf(item)}\n{item.Text}".Contains(word, StringComparison.OrdinalIgnoreCase))).OrderByDescending(item => item.State),
        ];
    }

    public static string StateOf(HealthItem item) => item.State switch
    {
        HealthState.Ok => Words.Health.Ok,
        HealthState.Notice => Words.Health.Notice,
        HealthState.Warning => Words.Health.Warning,
        HealthState.Bad => Words.Health.Bad,
        _ => Words.Health.Unknown,
    };

    public static IReadOnlyList<Fact> FactsOf(HealthItem item) => Fact.Of(
        (Words.Health.What, Printable.Of(item.Id)),
        (Words.Health.State, StateOf(item)),
        (Words.Health.Text, Printable.Of(item.Text, Widest)),
        (Words.Health.Hint, Printable.Of(item.Hint, Widest)));

    public string Summary() => _report is not { } report ? ""
        : report.Items.Count(item => item.State >= HealthState.Warning) is > 0 and var count ? Language.Count(count, Words.Health.SummaryOne, Words.Health.SummaryOther)
        : Words.Health.SummaryWell;
}
