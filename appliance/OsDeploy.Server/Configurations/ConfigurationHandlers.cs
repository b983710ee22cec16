using OsDeploy.Api;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Configurations;

/// <summary>Answers <see cref="ConfigurationApi"/>.</summary>
internal sealed class ConfigurationHandlers(ConfigurationRegistry configurations)
{
    public void Map(HandlerTable table)
    {
        table.On(ConfigurationApi.List, (call, _) => configurations.ListAsync(call.Cancel));
        table.On(ConfigurationApi.Show, (call, _) => configurations.ShowAsync(Name(call), call.Cancel));
        table.On(ConfigurationApi.Add, (call, asked) => configurations.AddAsync(asked, call.Caller.AuditName, call.Cancel));
        table.On(ConfigurationApi.Change, (call, change) => configurations.ChangeAsync(Name(call), change, call.Caller.AuditName, call.Cancel));
        table.On(ConfigurationApi.SetMaster, (call, change) => configurations.SetMasterAsync(Name(call), change.Host, call.Caller.AuditName, call.Cancel));
        table.On(ConfigurationApi.Delete, (call, _) => configurations.DeleteAsync(Name(call), call.Caller.AuditName, call.Cancel));
    }

    private static string Name(Call call) => call.Value("configuration");
}
