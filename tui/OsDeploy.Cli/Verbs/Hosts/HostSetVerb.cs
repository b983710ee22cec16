using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Cli.Output;
using OsDeploy.Cli.Verbs.Boot;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Hosts;

internal sealed class HostSetVerb : ServerVerb
{
    private readonly Argument<string[]> _hosts = new("NAME") { Description = "Names of the hosts.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _name = VerbOptions.Text("--name", "New name, of one host.", "NAME");
    private readonly Option<string?> _room = VerbOptions.Text("--room", "Room it stands in; \"\" takes it out.", "ROOM");
    private readonly Option<string?> _config = VerbOptions.Text("--config", "Its configuration; \"\" takes it away.", "CONFIGURATION");
    private readonly Option<string?> _notes = VerbOptions.Text("--notes", "Whatever is worth knowing.", "TEXT");
    private readonly Option<string?> _blocked = VerbOptions.YesNo("--blocked", "Give this host nothing, whatever is asked for it.");
    private readonly Option<string[]> _mac = VerbOptions.Texts("--mac", "Add a network card to one host.", "MAC");
    private readonly Option<string[]> _noMac = VerbOptions.Texts("--no-mac", "Take a network card away from one host.", "MAC");
    private readonly Option<string[]> _partition = VerbOptions.Texts(
        "--partition", "Its own values for a partition, over the configuration's; KEY= takes one back, reset all.", PartitionSetting.Syntax);
    private readonly Option<string[]> _detail = VerbOptions.Texts("--detail", "Where it stands, whose it is: " + string.Join(", ", DetailSetting.Keys) + "; KEY= takes one away.", "KEY=VALUE");
    private readonly JoinOptionSet _join = new();
    private readonly BootOptionSet _boot = new();

    public HostSetVerb(Session session)
        : base(
            session,
            "set",
            "Change hosts. What is not named stays as it is on each of them.",
            "host set r101-pc01 --room r102 --config win11",
            "host set r101-pc01 --blocked yes",
            "host set r101-pc01 r101-pc02 --uefi-exit windows --boot-language de",
            "host set r101-pc01 --detail owner=Library --detail inventory=2026-0815",
            "host set r101-pc01 --ou OU=lab,DC=school,DC=local",
            "host set r101-pc01 --partition 1:join=Workgroup,description=Teacher",
            "host set r101-pc01 --partition 1:reset --no-mac 52:54:00:12:34:56",
            "host set r101-pc01 --loader ipxe --uefi-exit windows --kernel-parameters nomodeset")
    {
        Asks([_hosts, _name, _room, _config, _notes, _blocked, _mac, _noMac, _partition, _detail, .. _join.All, .. _boot.All]);
        Validators.Add(result =>
        {
            if (result.GetResult(_hosts) is { Tokens.Count: > 1 } && (result.GetResult(_name) ?? result.GetResult(_mac) ?? result.GetResult(_noMac)) is not null)
            {
                result.AddError("--name, --mac and --no-mac are for one host.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        if (ChangeOf(parsed, null) == new HostChange())
        {
            throw ServerErrors.UsageNothingToChange();
        }

        // A name that is wrong is found before the first host is another.
        var before = new List<HostView>();
        foreach (var name in parsed.GetRequiredValue(_hosts))
        {
            before.Add(await server.CallAsync(HostApi.Show, cancel, name));
        }

        var after = new List<HostView>();
        foreach (var host in before)
        {
            after.Add(await server.CallAsync(HostApi.Change, ChangeOf(parsed, host) with { Rev = host.Rev }, cancel, host.Host.Id));
        }

        Print(parsed, after);
        return ExitCode.Done;
    }

    private void Print(ParseResult parsed, List<HostView> changed)
    {
        if (changed is [var only])
        {
            Print(parsed, only, CliJson.Default.HostView, writer => HostText.Write(writer, only, Session.Clock));
        }
        else
        {
            Print(parsed, changed, CliJson.Default.IReadOnlyListHostView, writer => HostText.WriteList(writer, changed, Session.Clock));
        }
    }

    private HostChange ChangeOf(ParseResult parsed, HostView? before) => new(
        parsed.GetValue(_name),
        parsed.GetValue(_room),
        parsed.GetValue(_config),
        parsed.GetValue(_notes),
        parsed.GetYesNo(_blocked),
        MacsOf(parsed, before?.Host.Identity.Macs ?? []),
        Details: DetailSetting.Parse(parsed.GetValue(_detail)),
        Overrides: PartitionSettings.Overrides(parsed.GetValue(_partition), before?.Host.Overrides ?? []),
        Boot: _boot.Of(parsed, before?.Host.Boot),
        Join: _join.Of(parsed));

    private IReadOnlyList<MacAddress>? MacsOf(ParseResult parsed, IReadOnlyList<MacAddress> before)
    {
        var (added, removed) = (MacList.Parse(parsed.GetValue(_mac) ?? []), MacList.Parse(parsed.GetValue(_noMac) ?? []));
        return added.Count + removed.Count == 0 ? null : [.. before.Except(removed).Union(added)];
    }
}
