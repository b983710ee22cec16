using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>
/// Starts work on hosts: what, how, when; then what the appliance says it would do to which disk, and only what was shown is started.
/// What destroys wants the name of the one host, or their number, to be typed.
/// </summary>
internal sealed class JobWizard
{
    private readonly ConsoleContext _context;
    private readonly JobTarget _target;
    private readonly TimeProvider _time;
    private readonly string _request = Guid.NewGuid().ToString("N");
    private readonly ChoiceEntry _kind;
    private readonly JobOptionFields _options;
    private readonly TransferFields _transfer;
    private readonly TextEntry _at;
    private readonly CheckEntry _wake;
    private BatchAnswer _preview = new(null, []);

    /// <param name="kind">Null: it is asked for.</param>
    public JobWizard(ConsoleContext context, JobTarget target, TimeProvider time, JobKind? kind = null)
    {
        (_context, _target, _time) = (context, target, time);
        _kind = new ChoiceEntry("kind", Words.Jobs.Kind, [.. Kinds(context).Select(one => new Choice(one.ToString(), JobText.KindOf(one)))], kind?.ToString()) { Help = Words.Jobs.KindHelp };
        _options = new JobOptionFields(context.Now, target, () => Kind);
        _transfer = new TransferFields(target.Hosts.Count, () => Kind);
        _at = new TextEntry("at", Words.Jobs.At) { Rule = text => StartTime.TryParse(text, time.GetUtcNow(), time.LocalTimeZone, out _) ? null : Words.Jobs.AtRule, Help = Words.Jobs.AtHelp };
        _wake = new CheckEntry("wake", Words.Jobs.Wake) { Help = Words.Jobs.WakeHelp };
        Model = new WizardModel(
            Language.Fill(Words.Jobs.StartTitle, target.Title),
            new WizardPage(new FormModel(Words.Jobs.PageKind, [_kind], FormAction.Take(Words.Common.Next)) { Help = Words.Jobs.KindHelp }, Applies: () => kind is null),
            new WizardPage(new FormModel(Words.Jobs.PageOptions, _options.All, FormAction.Take(Words.Common.Next)) { Rule = _options.Check, Equivalent = Commands }, Applies: () => _options.All.Any(field => field.IsAsked)),
            new WizardPage(new FormModel(Words.Jobs.PageTime, [_at, _wake, .. _transfer.All], FormAction.Take(Words.Common.Next)) { Equivalent = Commands }),
            new WizardPage(Last(), Prepare: PreviewAsync));
    }

    public WizardModel Model { get; }

    /// <summary>Its number once it is started; null: it is not.</summary>
    public string? Batch { get; private set; }

    public JobKind Kind => Enum.TryParse<JobKind>(_kind.Value, out var kind) ? kind : JobKind.Restore;

    /// <summary>What would be done, host by host, as the appliance said last.</summary>
    public IReadOnlyList<HostOutlook> Outlook => _preview.Hosts;

    /// <summary>What will be asked of the appliance with the present answers.</summary>
    public BatchRequest Request => new(
        _request, Kind, _target.Selection, _transfer.In(_options.Options), StartTime.TryParse(_at.Value, _time.GetUtcNow(), _time.LocalTimeZone, out var at) ? at : null, _wake.Value);

    private List<string> Able => [.. Outlook.Where(host => host.Obstacle is null).Select(host => host.Name)];

    private string Typed => Confirmation.WordFor(Able);

    private static IEnumerable<JobKind> Kinds(ConsoleContext context) => context.Session.May(Right.StartAnyJob)
        ? [JobKind.Restore, JobKind.Capture, JobKind.Reboot, JobKind.Hold, JobKind.ManualBackup, JobKind.ManualRestore, JobKind.Heal, JobKind.Erase]
        : [JobKind.Restore, JobKind.Reboot, JobKind.Hold];

    private FormModel Last()
    {
        var loss = new InfoEntry("loss", () => Language.Count(Able.Count, Words.Jobs.LossOne, Words.Jobs.LossOther)) { IsWarning = true, Applies = () => IsLosing };
        var demand = new InfoEntry("demand", () => Language.Fill(Words.Common.TypeExactly, Typed)) { IsWarning = true, Applies = () => IsLosing };
        var typed = new TextEntry(Confirmation.FieldId, Words.Console.Confirm)
        {
            IsRequired = true,
            Help = Words.Console.ConfirmHelp,
            Rule = text => text == Typed ? null : Language.Fill(Words.Common.TypeExactly, Typed),
            Applies = () => IsLosing,
        };
        return new FormModel(
            Words.Jobs.PagePreview,
            [new InfoEntry("hosts", () => string.Join('\n', OutlookText.Of(Outlook))) { IsLong = true }, new InfoEntry("time", LastTime), loss, demand, typed],
            new FormAction("start", Words.Jobs.Start, StartAsync) { IsDestructive = true })
        {
            Help = Words.Jobs.PreviewHelp,
            Rule = () => Able.Count == 0 ? Words.Jobs.NobodyCan : null,
            Equivalent = Commands,
        };
    }

    private bool IsLosing => JobText.IsDestructive(Kind) && Able.Count > 0;

    // How long the same took the last time is the best guess there is.
    private string LastTime()
    {
        var times = _context.Now.Jobs.Values.Select(view => view.Job)
            .Where(job => job.Kind == Kind && job.Outcome == JobOutcome.Verified && job.Figures is not null && string.Equals(job.Configuration, _target.Configuration, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(job => job.EndedAt).Take(5).Select(job => job.Figures!.Seconds).ToList();
        return times.Count > 0 ? Language.Fill(Words.Jobs.LastTime, JobText.Left(TimeSpan.FromSeconds(times.Average()))) : Words.Jobs.NoLastTime;
    }

    private async Task PreviewAsync(CancellationToken cancel) =>
        _preview = await _context.Session.CallAsync(JobApi.Start, Request with { Preview = true }, cancel);

    private async Task StartAsync(CancellationToken cancel)
    {
        try
        {
            var answer = await _context.Session.CallAsync(JobApi.Start, Request with { Confirm = Able.Count, Seen = _preview.Seen }, cancel);
            (Batch, _preview) = (answer.Batch, answer);
        }
        catch (UserErrorException e) when (e.Code is "preview-outdated" or "count-not-confirmed")
        {
            await PreviewAsync(cancel); // what is shown below the message is how it stands now
            throw;
        }
    }

    private IReadOnlyList<CommandLine> Commands()
    {
        var able = Able.Count;
        var line = new CommandLine(["job", "start", JobText.WordOf(Kind), .. _target.Arguments]).With(_options.Arguments).With(_transfer.Arguments)
            .Option("--at", StartTime.ArgumentOf(Request.At, _time.LocalTimeZone)).Flag("--wake", _wake.Value);
        return [JobText.IsDestructive(Kind) && able > 0 ? line.With("--yes", "--count", able.ToString(System.Globalization.CultureInfo.InvariantCulture)) : line];
    }
}
