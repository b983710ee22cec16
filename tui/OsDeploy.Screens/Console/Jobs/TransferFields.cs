using System.Globalization;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Forms;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>How chunks come to several hosts of a restore, and when. One question, unless somebody wants it otherwise.</summary>
internal sealed class TransferFields
{
    private const string Auto = "auto";
    private const string Wait = "wait";
    private const string Unicast = "unicast";

    private readonly int _meant;
    private readonly ChoiceEntry _way;
    private readonly NumberEntry _hosts;
    private readonly NumberEntry _seconds;
    private readonly CheckEntry _orAbort;
    private readonly TextEntry _limit;

    /// <param name="hosts">How many are meant.</param>
    public TransferFields(int hosts, Func<JobKind> kind)
    {
        _meant = hosts;
        bool IsAsked() => kind() == JobKind.Restore && hosts > 1;
        _way = new ChoiceEntry("transfer", Words.Carousels.Transfer, [new Choice(Auto, Words.Carousels.TransferAuto), new Choice(Wait, Words.Carousels.TransferWait), new Choice(Unicast, Words.Carousels.TransferUnicast)], Auto)
        {
            Help = Words.Carousels.TransferHelp,
            Applies = IsAsked,
        };
        _hosts = new NumberEntry("wait-hosts", Words.Carousels.WaitHosts, hosts, 2, Math.Max(hosts, 2)) { Help = Words.Carousels.WaitHelp, Applies = () => Is(Wait) };
        _seconds = new NumberEntry("wait-seconds", Words.Carousels.WaitSeconds, Gathering.UsualSeconds, 0, Gathering.MostSeconds) { Help = Words.Carousels.WaitHelp, Applies = () => Is(Wait) };
        _orAbort = new CheckEntry("or-abort", Words.Carousels.OrAbort) { Help = Words.Carousels.OrAbortHelp, Applies = () => Is(Wait) };
        _limit = new TextEntry("limit", Words.Carousels.HostLimit) { Help = Words.Carousels.HostLimitHelp, Applies = () => Is(Unicast), Rule = text => ByteRate.TryParse(text, out _) ? null : Words.Carousels.LimitRule };
        All = [_way, _hosts, _seconds, _orAbort, _limit];
    }

    public IReadOnlyList<FormField> All { get; }

    /// <summary>As <c>osdeploy job start</c> takes them.</summary>
    public IEnumerable<string> Arguments
    {
        get
        {
            var options = In(new JobOptions());
            return
            [
                .. options.Transfer == TransferWish.Unicast ? ["--unicast"] : Array.Empty<string>(),
                .. options.MostBytesPerSecond > 0 ? ["--limit", ByteRate.WordOf(options.MostBytesPerSecond)] : Array.Empty<string>(),
                .. options.Gather is { Hosts: { } hosts } ? ["--wait-hosts", hosts.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
                .. options.Gather is { } gather ? ["--wait-seconds", gather.Seconds.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
                .. options.Gather is { OrAbort: true } ? ["--or-abort"] : Array.Empty<string>(),
            ];
        }
    }

    public JobOptions In(JobOptions options) => options with
    {
        Transfer = Is(Unicast) ? TransferWish.Unicast : TransferWish.Auto,
        MostBytesPerSecond = Is(Unicast) && ByteRate.TryParse(_limit.Value, out var rate) ? rate : 0,
        Gather = Is(Wait) ? new Gathering(_hosts.Value == _meant ? null : _hosts.Value, _seconds.Value, _orAbort.Value) : null,
    };

    private bool Is(string way) => _way.IsAsked && _way.Value == way;
}
