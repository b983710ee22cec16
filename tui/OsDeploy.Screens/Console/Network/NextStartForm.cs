using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Network;

/// <summary>What hosts start once, at their next start over the network.</summary>
internal sealed class NextStartForm
{
    private readonly ConsoleContext _context;
    private readonly IReadOnlyList<Host> _hosts;
    private readonly ChoiceEntry _to;

    public NextStartForm(ConsoleContext context, IReadOnlyList<Host> hosts)
    {
        (_context, _hosts) = (context, hosts);
        var busy = hosts.Where(host => context.Now.LatestJobs.GetValueOrDefault(host.Id) is { Job.State: not JobState.Ended }).Select(host => host.Name.ToString()).ToList();
        _to = new ChoiceEntry("to", Starting.NextField, [.. BootChoices.All<BootTarget>(BootChoices.Of), new Choice(Choices.None, Starting.NextUsual)], nameof(BootTarget.Menu)) { Help = Starting.NextHelp };
        Model = new FormModel(
            Language.Count(hosts.Count, Starting.NextTitleOne, Starting.NextTitleOther),
            [
                new InfoEntry("hosts", () => string.Join(", ", hosts.Select(host => host.Name))) { IsLong = true },
                _to,
                new InfoEntry("jobs", () => Language.Fill(Starting.NextJobs, string.Join(", ", busy))) { IsWarning = true, Applies = () => busy.Count > 0 },
            ],
            new FormAction("save", Common.Save, SaveAsync))
        {
            Help = Starting.NextHelp,
            Equivalent = () => [new CommandLine(["boot", "next", .. hosts.Select(host => host.Name.ToString())]).Option("--to", To is { } to ? ApiWord.Of(to) : null).Flag("--clear", To is null)],
        };
    }

    public FormModel Model { get; }

    private BootTarget? To => string.IsNullOrEmpty(_to.Value) ? null : Enum.Parse<BootTarget>(_to.Value);

    private Task<IReadOnlyList<BootNext>> SaveAsync(CancellationToken cancel) =>
        _context.Session.CallAsync(BootApi.ChangeNext, new BootNextChange(new HostSelection([.. _hosts.Select(host => host.Id)]), To), cancel);
}
