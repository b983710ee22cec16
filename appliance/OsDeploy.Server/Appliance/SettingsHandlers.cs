using OsDeploy.Api;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Appliance;

/// <summary>Answers <see cref="SettingsApi"/>.</summary>
internal sealed class SettingsHandlers(SettingsDesk desk)
{
    public void Map(HandlerTable on)
    {
        on.On(SettingsApi.Show, _ => desk.View);
        on.On(SettingsApi.Change, (call, wanted) => desk.ChangeAsync(call.Caller.AuditName, wanted, call.Cancel));
        on.On(SettingsApi.Keep, (call, _) => desk.KeepAsync(call.Caller.AuditName, call.Cancel));
        on.On(SettingsApi.GoBack, (call, _) => desk.GoBackAsync(call.Caller.AuditName, call.Cancel));
        on.On(SettingsApi.Grow, (call, _) => desk.GrowAsync(call.Caller.AuditName, call.Cancel));
    }
}
