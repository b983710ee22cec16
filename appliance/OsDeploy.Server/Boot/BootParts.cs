using Microsoft.Extensions.Logging;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Agents;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosting;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Jobs;
using OsDeploy.SetUp;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Boot;

/// <summary>What of the rest of the appliance starting over the network looks at.</summary>
/// <param name="PasswordOf">How an operator's password is kept, by name.</param>
internal sealed record BootNeighbourhood(
    HostRegistry Hosts, HostMeetings Meetings, ConfigurationRegistry Configurations, JobBoard Board, ClaimTokens Claims, AgentBook Agents, JobDesk Jobs, Func<string, string?> PasswordOf);

/// <summary>Everything that starting over the network is made of.</summary>
internal sealed class BootParts : IDisposable
{
    private const string ImportAlarm = "client-image";

    private readonly DaemonOptions _options;
    private readonly BootBook _book;
    private readonly ClientBuilds _builds;
    private readonly Alarms _alarms;
    private readonly BootService _service;

    public BootParts(
        DaemonOptions options, ApplianceName name, DocumentStore documents, BootNeighbourhood around, Passwords passwords, Alarms alarms, AuditLog audit, EventHub events, TimeProvider time, ILoggerFactory logs)
    {
        (_options, _alarms) = (options, alarms);
        _book = new BootBook(documents, passwords, around.PasswordOf, time);
        var history = new BootHistory(documents, events, time);
        var starts = new BootStarts(documents);
        var next = new NextStarts(documents);
        _builds = new ClientBuilds(Path.Combine(options.Data, "client"), documents, history, id => BuildUse.Of(id, _book.Settings, around.Hosts, around.Configurations));
        var desk = new BootDesk(
            _book, _builds, around.Hosts, around.Meetings, around.Configurations, around.Board, around.Claims, starts, next, history, alarms, name, logs.CreateLogger<BootDesk>());
        var tree = new TftpTree(options.BootFolder, _builds, desk, around.Hosts, around.Configurations, around.Board, next);
        _service = new BootService(_book, desk, tree, new HelperClient(options.HelperSocket, time), history, alarms, name, new DnsmasqPaths(options.BootFolder), time);
        Keeper = new BootKeeper(_service, documents, time, logs.CreateLogger<BootKeeper>());
        _builds.Changed += Keeper.Touch;
        Pages = new BootPages(desk, _builds, history, _service.ReadLog);
        var loops = new BootLoops(starts, around.Board, around.Jobs, alarms, audit);
        Watch = new BootWatch(history, starts, next, around.Agents, around.Hosts);
        Handlers = new BootHandlers(desk, _book, _builds, history, loops, new NextStartDesk(next, around.Hosts, around.Board, alarms, audit, time), _service, around.Hosts, name, audit);
    }

    /// <summary>Of dnsmasq: <c>off</c>, <c>up</c> or <c>down</c>.</summary>
    public string Service => _service.Service;

    /// <summary>Name of the card that PCs are served on; null: the appliance has none.</summary>
    public string? Card => _book.Settings is { Mode: not BootMode.Off, Interface: { Length: > 0 } served } ? served : BootService.Cards is [var first, ..] ? first.Name : null;

    public BootPages Pages { get; }

    public BootWatch Watch { get; }

    public BootHandlers Handlers { get; }

    public BootKeeper Keeper { get; }

    /// <summary>Looks at the builds and takes in the one that was named. What is wrong with them is an alarm: the appliance serves all the same.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        foreach (var fault in _builds.Open())
        {
            Raise(fault);
        }

        if (_options.ClientImage is not { } image)
        {
            return;
        }

        try
        {
            var added = await _builds.AddAsync(image, _book.Settings.KeepBuilds, cancel);
            _builds.Use(added.Id);
        }
        catch (UserErrorException e)
        {
            Raise(e.Message);
        }
    }

    /// <summary>Keeps the first settings of a new appliance, or others in their place. They come into force when the daemon serves.</summary>
    /// <exception cref="UserErrorException">Those of <see cref="BootRules"/>.</exception>
    public void Take(FirstSettings first, string by)
    {
        var view = _book.View;
        var settings = BootRules.Checked(view.Settings with
        {
            Mode = first.Mode,
            Interface = first.Interface,
            RangeFirst = first.RangeFirst,
            RangeLast = first.RangeLast,
            Router = first.Router,
            Dns = first.Dns ?? [],
        });
        _book.Write(settings, password: null, view.Rev, by);
    }

    /// <summary>The appliance is on another card: so are the PCs that it served there.</summary>
    public void Move(string from, string to, string by) => _book.Move(from, to, by);

    public void Dispose() => _builds.Dispose();

    private void Raise(string message) => _alarms.Raise(ImportAlarm, message, "Make a build with `./build.sh client` and add it: `osdeploy boot builds add DIR`.", host: null, job: null);
}
