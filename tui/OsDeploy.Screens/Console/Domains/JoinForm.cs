using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Domains;

/// <summary>Where one host or the hosts of a configuration belong, and with the latter the password of the local administrator.</summary>
internal static class JoinForm
{
    public static FormModel Of(ConsoleContext context, HostView host)
    {
        var fields = new JoinFields(host.Host.Join);
        return new FormModel(Language.Fill(Words.Domains.JoinTitle, host.Host.Name), fields.All, new FormAction("save", Common.Save, SaveAsync))
        {
            Help = Words.Domains.JoinHelp,
            Equivalent = () => [fields.Command(new CommandLine("host", "set", host.Host.Name.ToString()))],
        };

        Task SaveAsync(CancellationToken cancel) => fields.Change is { } change
            ? context.Session.CallAsync(HostApi.Change, new HostChange(Join: change), cancel, host.Host.Id)
            : throw ConsoleErrors.NothingToChange();
    }

    public static FormModel Of(ConsoleContext context, ConfigurationView view)
    {
        var fields = new JoinFields(view.Configuration.Join);
        var password = new SecretEntry("admin-password", Words.Domains.AdminPassword) { IsSet = view.Configuration.AdminPassword is not null, Help = Words.Domains.AdminPasswordHelp };
        return new FormModel(Language.Fill(Words.Domains.JoinTitle, view.Configuration.Name), [.. fields.All, password], new FormAction("save", Common.Save, SaveAsync))
        {
            Help = Words.Domains.JoinHelp,
            Equivalent = Commands,
        };

        Task SaveAsync(CancellationToken cancel)
        {
            var change = new ConfigurationChange(Join: fields.Change, AdminPassword: password.IsChanged ? password.Value : null);
            return change == new ConfigurationChange()
                ? throw ConsoleErrors.NothingToChange()
                : context.Session.CallAsync(ConfigurationApi.Change, change, cancel, view.Configuration.Id);
        }

        IReadOnlyList<CommandLine> Commands()
        {
            var name = view.Configuration.Name;
            List<CommandLine> commands = fields.Change is null && password.IsChanged ? [] : [fields.Command(new CommandLine("config", "set", name))];
            return password.IsChanged ? [.. commands, new CommandLine("config", "admin-password", name)] : commands;
        }
    }
}
