using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Appliance;

/// <summary>The routes of the <see cref="PowerDesk"/>.</summary>
internal sealed class PowerHandlers(PowerDesk desk)
{
    public void Map(HandlerTable handlers)
    {
        handlers.On(ApplianceApi.Power, PowerAsync);
        handlers.On(ApplianceApi.SetClock, SetClockAsync);
    }

    private async Task<Nothing> PowerAsync(Call call, PowerOrder order)
    {
        await desk.OrderAsync(call.Caller.AuditName, order.Action, call.Cancel);
        return default;
    }

    private async Task<Nothing> SetClockAsync(Call call, ClockSetting setting)
    {
        await desk.SetClockAsync(call.Caller.AuditName, setting.Utc, call.Cancel);
        return default;
    }
}
