using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>Says of which computers the words on their screens were read. None is ticked beforehand: it is the reading that counts.</summary>
internal sealed class PairForm
{
    private readonly ConsoleContext _context;
    private readonly List<(JobView Job, UnpairedStart Start, CheckEntry Entry)> _starts;

    /// <param name="jobs">Those that do not wait for this are left alone.</param>
    public PairForm(ConsoleContext context, IReadOnlyList<JobView> jobs)
    {
        _context = context;
        _starts =
        [
            .. jobs.OrderBy(view => view.Job.HostName, StringComparer.OrdinalIgnoreCase)
                .SelectMany(view => (view.Unpaired ?? []).Select((start, i) => (view, start, EntryOf(view, start, i)))),
        ];
        Model = new FormModel(
            Words.Jobs.PairTitle,
            [new InfoEntry("meaning", () => Words.Jobs.PairMeaning), .. _starts.SelectMany(one => new FormField[] { PlaceOf(one), one.Entry })],
            new FormAction("pair", Words.Common.Ok, PairAsync))
        {
            Help = Words.Jobs.PairHelp,
            Rule = WhyNot,
            Equivalent = () => [.. Ticked.Select(one => new CommandLine("job", "pair", JobText.NumberOf(one.Job.Job.Id)).Option("--words", one.Start.Words))],
        };
    }

    public FormModel Model { get; }

    private List<(JobView Job, UnpairedStart Start, CheckEntry Entry)> Ticked => [.. _starts.Where(one => one.Entry.Value)];

    private static CheckEntry EntryOf(JobView view, UnpairedStart start, int number) => new($"{JobText.NumberOf(view.Job.Id)}-{number}", start.Words);

    private static InfoEntry PlaceOf((JobView Job, UnpairedStart Start, CheckEntry Entry) one) =>
        new(one.Entry.Id + "-at", () => Language.Fill(Words.Jobs.PairLabel, one.Job.Job.HostName, one.Start.Address));

    private string? WhyNot() => Ticked.Count == 0 ? Words.Jobs.PairNone
        : Ticked.GroupBy(one => one.Job.Job.Id).FirstOrDefault(group => group.Count() > 1) is { } twice ? Language.Fill(Words.Jobs.PairTwice, twice.First().Job.Job.HostName)
        : null;

    private Task PairAsync(CancellationToken cancel) => Several.RunAsync(
        Ticked, one => one.Job.Job.HostName, one => _context.Session.CallAsync(JobApi.Pair, new Pairing(one.Start.Words), cancel, one.Job.Job.Id));
}
