using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>Names the one host that is captured.</summary>
internal sealed class MasterForm
{
    private readonly ConsoleContext _context;
    private readonly ConfigurationView _view;
    private readonly ChoiceEntry _host;

    public MasterForm(ConsoleContext context, ConfigurationView view)
    {
        (_context, _view) = (context, view);
        var present = view.Configuration.Master is { } id && context.Now.Hosts.TryGetValue(id, out var master) ? master.Host.Name.ToString() : null;
        _host = new ChoiceEntry("host", Words.Configurations.MasterHost, Hosts(), present) { Help = Words.Configurations.MasterHelp };
        Model = new FormModel(
            Language.Fill(Words.Configurations.MasterTitle, view.Configuration.Name), [_host, Warning(present)], new FormAction("save", Words.Common.Save, SaveAsync))
        {
            Help = Words.Configurations.MasterHelp,
            Equivalent = () => [new CommandLine("config", "master", view.Configuration.Name, _host.Value ?? "HOST")],
        };
    }

    public FormModel Model { get; }

    private InfoEntry Warning(string? present) => new("change", () => Language.Fill(Words.Configurations.MasterChange, present ?? "", _host.Value ?? ""))
    {
        IsWarning = true,
        Applies = () => present is not null && _host.Value is not null && _host.Value != present,
    };

    // Its own hosts first: any other one joins it.
    private IReadOnlyList<Choice> Hosts() =>
    [
        .. _context.Now.Hosts.Values.Where(host => host.Host.Configuration is null || IsOwn(host.Host.Configuration))
            .OrderByDescending(host => IsOwn(host.Host.Configuration)).ThenBy(host => host.Host.Name)
            .Select(host => new Choice(host.Host.Name.ToString(), host.Host.Name.ToString(), IsOwn(host.Host.Configuration) ? host.Host.Room ?? "" : Words.Configurations.MasterJoins)),
    ];

    private bool IsOwn(string? configuration) => string.Equals(configuration, _view.Configuration.Name, StringComparison.OrdinalIgnoreCase);

    private async Task SaveAsync(CancellationToken cancel) =>
        await _context.Session.CallAsync(ConfigurationApi.SetMaster, new MasterChange(_host.Value!), cancel, _view.Configuration.Id);
}
