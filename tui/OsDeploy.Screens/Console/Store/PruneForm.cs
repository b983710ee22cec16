using OsDeploy.Images;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Store;

/// <summary>Frees what no version needs. What would go is on the form before anything does.</summary>
internal sealed class PruneForm
{
    private const string Word = "prune";

    private readonly StoreDesk _desk;
    private readonly CheckEntry _now;

    /// <param name="plain">What would go now.</param>
    /// <param name="all">What would go if nothing waited.</param>
    public PruneForm(StoreDesk desk, PruneReport plain, PruneReport all)
    {
        _desk = desk;
        _now = new CheckEntry("now", Words.Store.PruneNow) { Help = Words.Store.PruneNowHelp };
        Model = new FormModel(
            Words.Store.PruneTitle,
            [
                new InfoEntry("what", () => StoreText.Of(_now.Value ? all : plain, isDone: false)),
                _now,
                new InfoEntry("warning", () => Language.Fill(Words.Store.PruneNowWarning, all.VersionsEnded.Count) + "\n" + Language.Fill(Common.TypeExactly, Word)) { IsWarning = true, Applies = () => _now.Value },
                new TextEntry(Confirmation.FieldId, Words.Store.PruneConfirm)
                {
                    IsRequired = true,
                    Applies = () => _now.Value,
                    Rule = typed => typed == Word ? null : Language.Fill(Common.TypeExactly, Word),
                },
            ],
            new FormAction("prune", Words.Store.PruneAction, PruneAsync) { IsDestructive = true })
        {
            Help = Words.Store.PruneHelp,
            Equivalent = () => [StoreCommands.Prune(Options with { DryRun = true }), StoreCommands.Prune(Options)],
        };
    }

    public FormModel Model { get; }

    /// <summary>Null: nothing was done.</summary>
    public PruneReport? Report { get; private set; }

    private PruneOptions Options => new(_now.Value, DryRun: false);

    /// <summary>Asks what would go.</summary>
    public static async Task<PruneForm> PrepareAsync(StoreDesk desk, CancellationToken cancel) =>
        new(desk, await desk.PruneAsync(new PruneOptions(Now: false, DryRun: true), cancel), await desk.PruneAsync(new PruneOptions(Now: true, DryRun: true), cancel));

    private async Task PruneAsync(CancellationToken cancel) => Report = await _desk.PruneAsync(Options, cancel);
}
