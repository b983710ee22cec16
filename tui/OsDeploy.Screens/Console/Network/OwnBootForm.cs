using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Network;

/// <summary>How one host starts, or the hosts of a configuration, where that is to be different.</summary>
internal sealed class OwnBootForm
{
    private readonly Func<BootOptions, long, CancellationToken, Task> _save;
    private readonly Func<CancellationToken, Task<(BootOptions? Boot, long Rev)>> _read;
    private BootOptions _before;
    private long _rev;

    private OwnBootForm(
        string name, BootOptions? before, long rev, BootOptionFields fields, CommandLine command, Func<BootOptions, long, CancellationToken, Task> save, Func<CancellationToken, Task<(BootOptions? Boot, long Rev)>> read)
    {
        (_before, _rev, _save, _read) = (before ?? BootOptions.None, rev, save, read);
        Model = new FormModel(
            Language.Fill(Words.Starting.OwnTitle, name),
            fields.All,
            new FormAction("save", Common.Save, cancel => SaveAsync(fields.Over(_before), cancel)),
            new FormAction("reset", Words.Starting.OwnReset, cancel => SaveAsync(BootOptions.None, cancel)) { IsDestructive = true, IsChecked = false })
        {
            Help = Words.Starting.OwnHelp,
            Equivalent = () => [fields.On(command)],
        };
    }

    public FormModel Model { get; }

    public static OwnBootForm Of(ConsoleContext context, HostView host, IReadOnlyList<BootBuild> builds) => new(
        host.Host.Name.ToString(),
        host.Host.Boot,
        host.Rev,
        new BootOptionFields(host.Host.Boot ?? BootOptions.None, builds, Words.Starting.AsConfiguration),
        new CommandLine("host", "set", host.Host.Name.ToString()),
        (boot, rev, cancel) => context.Session.CallAsync(HostApi.Change, new HostChange(Boot: boot, Rev: rev), cancel, host.Host.Id),
        async cancel => await context.Session.CallAsync(HostApi.Show, cancel, host.Host.Id) is var now ? (now.Host.Boot, now.Rev) : default);

    public static OwnBootForm Of(ConsoleContext context, ConfigurationView view, IReadOnlyList<BootBuild> builds) => new(
        view.Configuration.Name,
        view.Configuration.Boot,
        view.Rev,
        new BootOptionFields(view.Configuration.Boot ?? BootOptions.None, builds, Words.Starting.AsAppliance),
        new CommandLine("config", "set", view.Configuration.Name),
        (boot, rev, cancel) => context.Session.CallAsync(ConfigurationApi.Change, new ConfigurationChange(Boot: boot, Rev: rev), cancel, view.Configuration.Id),
        async cancel => await context.Session.CallAsync(ConfigurationApi.Show, cancel, view.Configuration.Id) is var now ? (now.Configuration.Boot, now.Rev) : default);

    private async Task SaveAsync(BootOptions wanted, CancellationToken cancel)
    {
        if (wanted == _before)
        {
            throw ConsoleErrors.NothingToChange();
        }

        try
        {
            await _save(wanted, _rev, cancel);
        }
        catch (UserErrorException e) when (e.Code == "changed-meanwhile")
        {
            var (boot, rev) = await _read(cancel);
            (_before, _rev) = (boot ?? BootOptions.None, rev);
            throw ConsoleErrors.ChangedMeanwhile(e, []);
        }
    }
}
