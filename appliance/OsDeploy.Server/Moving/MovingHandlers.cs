using OsDeploy.Api;
using OsDeploy.Api.Moving;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Moving;

/// <summary>Answers <see cref="MovingApi"/>.</summary>
/// <param name="restart">Ends the daemon, so that it starts anew with what was restored.</param>
internal sealed class MovingHandlers(MovingDesk desk, MergeDesk merges, BackupMaker maker, MovingPlace place, AuditLog audit, Action restart)
{
    public void Map(HandlerTable on)
    {
        on.On(MovingApi.Create, SendAsync);
        on.On(MovingApi.Stage, StageAsync);
        on.On(MovingApi.Drop, async (call, _) =>
        {
            await desk.DropAsync(call.Value("backup"), call.Cancel);
            return default(Nothing);
        });
        on.On(MovingApi.Restore, RestoreAsync);
        on.On(MovingApi.Merge, (call, order) => desk.WithAsync(call.Value("backup"), staged => merges.RunAsync(staged, order, call.Caller.AuditName, call.Cancel), call.Cancel));
    }

    private async Task SendAsync(Call call)
    {
        var order = await Requests.ReadJsonAsync(call.Context, ApiJson.Default.BackupOrder);
        if (order.Password is { } password)
        {
            SealedKeys.Check(password);
        }

        audit.Append(call.Caller.AuditName, "backup", "appliance", order.Password is null ? "without keys" : "with keys");
        var origin = new BackupOrigin(place.Name(), place.Program, place.Fingerprint, call.Caller.AuditName, place.Counts());
        await maker.WriteAsync(origin, order.Password, () => call.Context.Response.ContentType = "application/gzip", call.Context.Response.Body, call.Cancel);
    }

    private async Task StageAsync(Call call) =>
        await Requests.AnswerJsonAsync(call.Context, await desk.StageAsync(call.Context.Request.Body, call.Caller.AuditName, call.Cancel), ApiJson.Default.StagedBackup);

    private async Task<RestoreOutlook> RestoreAsync(Call call, RestoreOrder order)
    {
        var report = await desk.RestoreAsync(call.Value("backup"), order, call.Caller.AuditName, call.Cancel);
        if (report.IsApplied)
        {
            call.Context.Response.OnCompleted(() =>
            {
                restart();
                return Task.CompletedTask;
            });
        }

        return report;
    }
}
