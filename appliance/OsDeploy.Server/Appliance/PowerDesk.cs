using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;

namespace OsDeploy.Server.Appliance;

/// <summary>Power and clock of the appliance itself. The helper does it; the audit log has it before it is done.</summary>
/// <param name="helperSocket">Path of the helper's socket.</param>
/// <param name="audit">Takes actor, action, subject and detail; durable when it returns.</param>
internal sealed class PowerDesk(string helperSocket, TimeProvider time, Action<string, string, string, string> audit)
{
    private const string Subject = "appliance";

    private readonly HelperClient _helper = new(helperSocket, time);

    /// <param name="actor">As the audit log names it.</param>
    /// <exception cref="UserErrorException"><c>helper-missing</c> and what else <see cref="HelperClient.CallAsync"/> says.</exception>
    public Task OrderAsync(string actor, PowerAction action, CancellationToken cancel)
    {
        audit(actor, "appliance-power", Subject, PowerActionJson.WordOf(action));
        return _helper.CallAsync(new PowerRequest(action), cancel);
    }

    /// <exception cref="UserErrorException"><c>clock-out-of-range</c>; <c>helper-missing</c> and what else <see cref="HelperClient.CallAsync"/> says.</exception>
    public Task SetClockAsync(string actor, DateTimeOffset utc, CancellationToken cancel)
    {
        var time = ClockTime.Of(utc);
        audit(actor, "appliance-clock", Subject, time.ToString());
        return _helper.CallAsync(new ClockRequest(time.Utc), cancel);
    }
}
