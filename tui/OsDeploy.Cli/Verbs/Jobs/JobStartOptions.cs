using System.CommandLine;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Cli.Verbs.Jobs;

/// <summary>Which hosts, what, how and when: all that becomes a <see cref="BatchRequest"/>.</summary>
internal sealed class JobStartOptions
{
    private static readonly char[] s_separators = [' ', '\t', '\r', '\n', ',', ';'];

    private readonly Argument<JobKind> _kind = new("KIND")
    {
        Description = $"What to do: {JobKinds.Choices}.",
        HelpName = "KIND",
        CustomParser = result =>
        {
            if (!JobKinds.TryParse(result.Tokens[0].Value, out var kind))
            {
                result.AddError($"\"{result.Tokens[0].Value}\" is not a kind of job: {JobKinds.Choices}.");
            }

            return kind;
        },
    };

    private readonly Argument<string[]> _hosts = new("HOST") { Description = "Names of hosts, or patterns such as r101-*.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _room = VerbOptions.Texts("--room", "All hosts of this room.", "ROOM");
    private readonly Option<string[]> _config = VerbOptions.Texts("--config", "All hosts of this configuration.", "CONFIGURATION");
    private readonly Option<string?> _from = VerbOptions.Text("--from", "File that lists hosts; - reads what is piped or pasted.", "FILE|-");
    private readonly Option<string?> _partitions = VerbOptions.Partitions();
    private readonly Option<bool> _tableOnly = VerbOptions.Flag("--table-only", "Restore: only the partition table and boot code, no content.");
    private readonly Option<bool> _full = VerbOptions.Flag("--full", "Restore: write everything without comparing first.");
    private readonly Option<bool> _wipeFree = VerbOptions.Flag("--wipe-free", "Restore: clear free space too, after verifying.");
    private readonly Option<string> _verify = new Option<string>("--verify")
    {
        Description = "Restore: read back a sample of what was written, or all of it.",
        HelpName = "all|sample",
        DefaultValueFactory = _ => "sample",
    }.AcceptOnlyFromAmong("all", "sample");

    private readonly Option<bool> _allowRemovable = VerbOptions.AllowRemovable();
    private readonly Option<bool> _allowOtherFirmware = VerbOptions.Flag("--allow-other-firmware", "Accept a BIOS image on a UEFI computer, or the other way round.");
    private readonly Option<bool> _allowBadSectors = VerbOptions.AllowBadSectors();
    private readonly Option<bool> _allowRaw = VerbOptions.AllowRaw();
    private readonly Option<bool> _allowUnprepared = VerbOptions.AllowUnprepared();
    private readonly Option<bool> _withTable = VerbOptions.Flag("--with-table", "Backup: keep the partition table and boot code too.");
    private readonly Option<bool> _noJoin = VerbOptions.Flag("--no-join", "Restore: keep the host out of domain and workgroup this time.");
    private readonly Option<string?> _name = VerbOptions.Text("--name", "Backup and manual-restore: name of the backup.", "NAME");
    private readonly Option<string?> _version = VerbOptions.Text("--version", "Restore: beginning of a version. Default: the current one.", "VERSION");
    private readonly Option<string?> _at = VerbOptions.Text("--at", "Not before: 22:30, or 2026-11-20T22:30.", "TIME");
    private readonly Option<bool> _wake = VerbOptions.Flag("--wake", "Wake the hosts over the network, and name those that do not come.");

    private readonly Option<bool> _unicast = VerbOptions.Flag("--unicast", "Restore: each host by HTTPS, without one stream to all of them.");
    private readonly Option<long?> _limit = VerbOptions.Rate("--limit", "Restore: each host takes at most so much a second by HTTPS, such as 30MB.");
    private readonly Option<int?> _waitHosts = VerbOptions.Number("--wait-hosts", "Restore: the stream begins as soon as so many hosts are there. Default: all.", 2, int.MaxValue);
    private readonly Option<int?> _waitSeconds = VerbOptions.Number("--wait-seconds", $"Restore: the stream begins so long after the first host at the latest; 0: at once. Default: {Gathering.UsualSeconds}.", 0, Gathering.MostSeconds);
    private readonly Option<bool> _orAbort = VerbOptions.Flag("--or-abort", "Restore: if fewer hosts are there by then, nobody begins and the jobs fail.");

    public IEnumerable<Symbol> All =>
    [
        _kind, _hosts, _room, _config, _from, _partitions, _tableOnly, _full, _wipeFree, _verify, _allowRemovable, _allowOtherFirmware, _allowBadSectors, _allowRaw, _allowUnprepared,
        _withTable, _noJoin, _name, _version, _unicast, _limit, _waitHosts, _waitSeconds, _orAbort, _at, _wake,
    ];

    public JobKind KindOf(ParseResult parsed) => parsed.GetRequiredValue(_kind);

    /// <exception cref="UserErrorException"><c>usage-no-hosts</c>, <c>usage-partitions</c>, <c>usage-time</c>, <c>file-unreadable</c></exception>
    public async Task<BatchRequest> RequestOfAsync(ParseResult parsed, Session session, CancellationToken cancel) => new(
        Guid.NewGuid().ToString("N"),
        KindOf(parsed),
        await HostsOfAsync(parsed, session.Terminal, cancel),
        OptionsOf(parsed),
        StartTime.Parse(parsed.GetValue(_at), session.Clock),
        parsed.GetValue(_wake));

    private async Task<HostSelection> HostsOfAsync(ParseResult parsed, Terminal terminal, CancellationToken cancel)
    {
        var listed = parsed.GetValue(_from) is { } file ? NamesIn(await InputFile.ReadTextAsync(terminal, file, cancel)) : [];
        var (names, rooms, configurations) = ((parsed.GetValue(_hosts) ?? []).Concat(listed).ToList(), parsed.GetValue(_room) ?? [], parsed.GetValue(_config) ?? []);
        return names.Count + rooms.Length + configurations.Length > 0 ? new HostSelection(names, rooms, configurations) : throw ServerErrors.UsageNoHosts();
    }

    // What stands behind # is a remark.
    private static IEnumerable<string> NamesIn(string list) =>
        list.Split('\n').SelectMany(line => line.Split('#')[0].Split(s_separators, StringSplitOptions.RemoveEmptyEntries));

    private JobOptions OptionsOf(ParseResult parsed) => new(
        PartitionNumbers.Parse(parsed.GetValue(_partitions))?.Order().ToList(),
        parsed.GetValue(_tableOnly),
        parsed.GetValue(_full),
        parsed.GetValue(_wipeFree),
        parsed.GetValue(_verify) == "all",
        parsed.GetValue(_allowRemovable),
        parsed.GetValue(_allowOtherFirmware),
        parsed.GetValue(_allowBadSectors),
        parsed.GetValue(_allowRaw),
        parsed.GetValue(_withTable),
        parsed.GetValue(_name),
        parsed.GetValue(_version),
        parsed.GetValue(_noJoin),
        parsed.GetValue(_allowUnprepared),
        parsed.GetValue(_unicast) ? TransferWish.Unicast : TransferWish.Auto,
        parsed.GetValue(_limit) ?? 0,
        GatherOf(parsed));

    private Gathering? GatherOf(ParseResult parsed)
    {
        var (hosts, seconds, orAbort) = (parsed.GetValue(_waitHosts), parsed.GetValue(_waitSeconds), parsed.GetValue(_orAbort));
        return hosts is null && seconds is null && !orAbort ? null : new Gathering(hosts, seconds ?? Gathering.UsualSeconds, orAbort);
    }
}
