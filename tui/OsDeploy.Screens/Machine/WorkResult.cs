using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>How a job ended.</summary>
/// <param name="Headline">Verified, or what it failed at.</param>
/// <param name="Lines">What was done, or why it failed.</param>
/// <param name="Advice">What somebody should do now; empty: nothing.</param>
/// <param name="MayRestart">The computer is to start what was restored.</param>
internal sealed record WorkResult(bool IsGood, string Headline, IReadOnlyList<string> Lines, IReadOnlyList<string> Warnings, string Advice, bool MayRestart)
{
    public static WorkResult Of(JobOrder order, JobEnd end, IReadOnlyList<string> warnings, MachineFacts? before) => end.Outcome == JobOutcome.Verified
        ? new WorkResult(true, Language.Fill(Words.Machine.Verified, WorkText.NameOf(order.Kind)), [.. DoneLines(order, end, before)], warnings, AdviceOf(order), order.Kind is JobKind.Restore)
        : new WorkResult(
            false,
            Language.Fill(end.Outcome == JobOutcome.Skipped ? Words.Machine.Skipped : Words.Machine.Failed, WorkText.NameOf(order.Kind), WorkText.PhaseOf(end.Fault?.Step ?? "")),
            [Printable.Of($"{end.Fault?.Message}   [{end.Fault?.Code}]", 400)],
            warnings,
            Printable.Of(end.Fault?.Hint, 400),
            MayRestart: false);

    private static IEnumerable<string> DoneLines(JobOrder order, JobEnd end, MachineFacts? before)
    {
        if (end.Figures is { } figures)
        {
            yield return Language.Fill(Words.Machine.DoneIn, Sizes.Of(TimeSpan.FromSeconds(figures.Seconds)), Sizes.Of(figures.Used), Sizes.Of(figures.Written));
        }

        if (end.Made is { } made)
        {
            yield return Language.Fill(Words.Machine.VersionMade, $"{order.Image}@{made.Short}");
        }

        if (order.Kind == JobKind.Capture && before?.Image is { } image)
        {
            yield return Language.Fill(Words.Machine.VersionKept, $"{image.Image}@{image.Version.Short}");
        }
    }

    private static string AdviceOf(JobOrder order) => order.Kind switch
    {
        JobKind.Capture => Words.Machine.AfterCapture,
        JobKind.Restore => Words.Machine.AfterRestore,
        _ => "",
    };
}
