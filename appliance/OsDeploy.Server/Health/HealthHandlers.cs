using OsDeploy.Api;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Health;

/// <summary>Answers <see cref="HealthApi"/>.</summary>
internal sealed class HealthHandlers(HealthWatch watch)
{
    public void Map(HandlerTable on) => on.On(HealthApi.Show, (call, _) => watch.CurrentAsync(call.Cancel));
}
