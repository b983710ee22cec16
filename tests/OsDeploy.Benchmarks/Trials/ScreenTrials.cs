using System.Globalization;
using OsDeploy.Benchmarks.Lines;
using static OsDeploy.Benchmarks.Lines.Goal;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>The console on a terminal of 100 by 30: what it sends, how long a person waits for it, what it takes.</summary>
internal static class ScreenTrials
{
    private const string Name = "screens";

    public static Trial Console(bool quick) => new(
        Name,
        Volume: null,
        Contenders: [Contender(quick)],
        Lines:
        [
            Of(Quantity.LiveTable, AtMost(1000)),
            Of(Quantity.KeyTime, AtMost(16)),
            Of(Quantity.KeyBytes, AtMost(300)),
            Of(Quantity.FirstScreen, AtMost(300)),
            Of(Quantity.ColdScreen),
            Of(Quantity.Login),
            Of(Quantity.Resident, AtMost(45)),
            Of(Quantity.ManyPage, AtMost(100)),
            Of(Quantity.ManyFilter, AtMost(100)),
            Of(Quantity.ManyResident),
            Of(Quantity.Frame, AtMost(1)),
        ]);

    private static Line Of(Quantity quantity, Goal? goal = null) => new(Name, quantity, Contenders.Osdeploy, Goal: goal);

    private static Contender Contender(bool quick) => new(
        Contenders.Osdeploy,
        [Contenders.Osdeploy, ApplianceContenders.Osdeployd],
        string.Create(CultureInfo.InvariantCulture, $"""
            "$BENCH" screens "$OSDEPLOY" "https://127.0.0.1:$PORT" "$DAEMON" --socket "$OUT/osdeployd.sock" --many {(quick ? 1000 : 10_000)} --seconds {(quick ? 5 : 30)} > "$REPORT"
            """),
        Before: ApplianceContenders.Start("$OUT"),
        After: ApplianceContenders.End);
}
