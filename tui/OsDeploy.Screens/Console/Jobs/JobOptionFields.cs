using System.Globalization;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>The questions about how a job is to be done; which of them are asked depends on its kind.</summary>
internal sealed class JobOptionFields
{
    private readonly Func<JobKind> _kind;
    private readonly ChoiceEntry _version;
    private readonly TextEntry _partitions;
    private readonly TextEntry _manualName;
    private readonly ChoiceEntry _manualImage;
    private readonly List<(CheckEntry Field, string Option)> _checks;

    public JobOptionFields(Snapshot now, JobTarget target, Func<JobKind> kind)
    {
        _kind = kind;
        _version = new ChoiceEntry("version", Words.Jobs.Version, [new Choice("", Words.Jobs.CurrentVersion), .. Versions(now, target)], "")
        {
            Help = Words.Jobs.VersionHelp,
            Applies = () => kind() == JobKind.Restore,
        };
        _manualName = new TextEntry("name", Words.Jobs.ManualName) { IsRequired = true, Rule = NameRule, Help = Words.Jobs.ManualNameHelp, Applies = () => kind() == JobKind.ManualBackup };
        _manualImage = new ChoiceEntry("image", Words.Jobs.ManualName, [.. now.Versions.Where(entry => entry.Kind == ImageKind.Manual).Select(entry => entry.Image.ToString()).Distinct().Select(name => new Choice(name, name))])
        {
            Applies = () => kind() == JobKind.ManualRestore,
        };
        _partitions = new TextEntry("partitions", Words.Jobs.Partitions) { Rule = PartitionsRule, Help = Words.Jobs.PartitionsHelp, Applies = () => kind() is JobKind.Restore or JobKind.ManualBackup or JobKind.ManualRestore };
        _checks =
        [
            Check("table-only", Words.Jobs.TableOnly, Words.Jobs.TableOnlyHelp, JobKind.Restore),
            Check("full", Words.Jobs.Full, Words.Jobs.FullHelp, JobKind.Restore),
            Check("wipe-free", Words.Jobs.WipeFree, Words.Jobs.WipeFreeHelp, JobKind.Restore),
            Check("verify", Words.Jobs.VerifyAll, Words.Jobs.VerifyAllHelp, JobKind.Restore),
            Check("no-join", Words.Jobs.NoJoin, Words.Jobs.NoJoinHelp, JobKind.Restore),
            Check("with-table", Words.Jobs.WithTable, Words.Jobs.WithTableHelp, JobKind.ManualBackup),
            Check("allow-other-firmware", Words.Jobs.AllowOtherFirmware, Words.Jobs.AllowOtherFirmwareHelp, JobKind.Restore),
            Check("allow-removable", Words.Jobs.AllowRemovable, Words.Jobs.AllowRemovableHelp, JobKind.Restore, JobKind.ManualRestore, JobKind.Erase),
            Check("allow-bad-sectors", Words.Jobs.AllowBadSectors, Words.Jobs.AllowBadSectorsHelp, JobKind.Capture, JobKind.ManualBackup),
            Check("allow-raw", Words.Jobs.AllowRaw, Words.Jobs.AllowRawHelp, JobKind.Capture, JobKind.ManualBackup),
            Check("allow-unprepared", Words.Jobs.AllowUnprepared, Words.Jobs.AllowUnpreparedHelp, JobKind.Capture),
        ];
        All = [_version, _manualName, _manualImage, _partitions, .. _checks.Select(check => check.Field)];
    }

    public IReadOnlyList<FormField> All { get; }

    public JobOptions Options => new(
        Partitions: Numbers is { Count: > 0 } numbers ? numbers : null,
        TableOnly: Is("table-only"),
        Full: Is("full"),
        WipeFree: Is("wipe-free"),
        VerifyAll: Is("verify"),
        AllowRemovable: Is("allow-removable"),
        AllowOtherFirmware: Is("allow-other-firmware"),
        AllowBadSectors: Is("allow-bad-sectors"),
        AllowRaw: Is("allow-raw"),
        AllowUnprepared: Is("allow-unprepared"),
        WithTable: Is("with-table"),
        ManualName: ManualName,
        Version: _version is { IsAsked: true, Value: { Length: > 0 } version } ? version : null,
        NoJoin: Is("no-join"));

    /// <summary>As <c>osdeploy job start</c> takes them.</summary>
    public IEnumerable<string> Arguments
    {
        get
        {
            var options = Options;
            if (options.Partitions is { } numbers)
            {
                yield return "--partitions";
                yield return string.Join(',', numbers);
            }

            foreach (var word in Named("--name", options.ManualName).Concat(Named("--version", options.Version)))
            {
                yield return word;
            }

            foreach (var (check, option) in _checks.Where(one => one.Field is { IsAsked: true, Value: true }))
            {
                yield return "--" + option;
                if (check.Id == "verify")
                {
                    yield return "all";
                }
            }
        }
    }

    private string? ManualName => _manualName.IsAsked ? _manualName.Value : _manualImage.IsAsked ? _manualImage.Value : null;

    private List<int> Numbers => _partitions.IsAsked && TryNumbers(_partitions.Value, out var numbers) ? numbers : [];

    /// <summary>What does not go together; null: nothing.</summary>
    public string? Check() =>
        Is("table-only") && Numbers.Count > 0 ? Words.Jobs.TableAndPartitions
        : _kind() is JobKind.ManualBackup or JobKind.ManualRestore && Numbers.Count != 1 ? Words.Jobs.OnePartition
        : null;

    private static IEnumerable<string> Named(string option, string? value) => value is null ? [] : [option, value];

    private static IEnumerable<Choice> Versions(Snapshot now, JobTarget target) => now.Configuration(target.Configuration)?.Configuration is not { } configuration ? [] :
        now.Versions.Where(entry => entry.Kind == ImageKind.Image && entry.Image == configuration.Image && configuration.Store is null)
            .OrderByDescending(entry => entry.CapturedAt)
            .Select(entry => new Choice(entry.Version.Short, Times.Of(entry.CapturedAt, TimeZoneInfo.Local), entry.Version.Short + (entry.IsCurrent ? ", " + Words.Configurations.Current : "")));

    private static string? NameRule(string text) => ImageName.TryParse(text, out _) ? null : Words.Jobs.ManualNameRule;

    private static string? PartitionsRule(string text) => TryNumbers(text, out _) ? null : Words.Jobs.PartitionsRule;

    private static bool TryNumbers(string text, out List<int> numbers)
    {
        numbers = [];
        foreach (var word in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 128)
            {
                return false;
            }

            numbers.Add(number);
        }

        numbers = [.. numbers.Distinct().Order()];
        return true;
    }

    private (CheckEntry Field, string Option) Check(string id, string label, string help, params JobKind[] kinds) =>
        (new CheckEntry(id, label) { Help = help, Applies = () => kinds.Contains(_kind()) }, id);

    private bool Is(string id) => _checks.Exists(check => check.Field.Id == id && check.Field is { IsAsked: true, Value: true });
}
