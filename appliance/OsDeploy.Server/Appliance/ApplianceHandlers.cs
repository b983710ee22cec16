using OsDeploy.Api;
using OsDeploy.Images;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Server.Images;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Appliance;

/// <summary>Answers <see cref="ApplianceApi"/>.</summary>
/// <param name="roomOf">Room of a host, by its id.</param>
/// <param name="stopping">The daemon ends: so do the event streams.</param>
internal sealed class ApplianceHandlers(
    StatusDesk status, EventStream events, Alarms alarms, VersionComparer comparer, StoredVersions stored, DocumentStore documents, AuditLog audit, Func<string, string?> roomOf, CancellationToken stopping)
{
    private readonly Lazy<byte[]> _openApi = new(() => OpenApiDocument.Of(ApiTable.All, StatusDesk.Program));

    public void Map(HandlerTable on)
    {
        on.On(ApplianceApi.About, _ => status.About);
        on.On(ApplianceApi.Status, (call, _) => status.RunAsync(call.Cancel));
        on.On(ApplianceApi.DismissAlarm, Dismiss);
        on.On(ApplianceApi.Events, call => events.RunAsync(call, stopping));
        on.On(ApplianceApi.OpenApi, SendOpenApiAsync);
        on.On(ApplianceApi.Compare, (call, _) => comparer.RunAsync(VersionOf(call, "first"), VersionOf(call, "second"), call.Cancel));
        on.On(ApplianceApi.ListStored, (call, _) => stored.ListAsync(call.Cancel));
        on.On(ApplianceApi.ListDeleted, (call, _) => stored.ListDeletedAsync(call.Cancel));
        on.On(ApplianceApi.Weigh, (call, _) => stored.WeighAsync(VersionOf(call, "version"), call.Query("only") == "true", call.Cancel));
    }

    private Nothing Dismiss(Call call)
    {
        var alarm = alarms.Find(call.Value("alarm")) ?? throw Errors.AlarmMissing();
        if (!call.Operator.MayWorkIn(alarm.Host is { } host ? roomOf(host) : null))
        {
            throw Errors.NotAllowed();
        }

        documents.Transact(() =>
        {
            audit.Append(call.Caller.AuditName, "alarm-dismiss", alarm.Id, alarm.Message);
            alarms.Dismiss(alarm.Id);
        });
        return default;
    }

    private Task SendOpenApiAsync(Call call)
    {
        call.Context.Response.ContentType = "application/json";
        return call.Context.Response.Body.WriteAsync(_openApi.Value, call.Cancel).AsTask();
    }

    private static VersionId VersionOf(Call call, string name) =>
        VersionId.TryParse(call.Value(name), out var version) ? version : throw Errors.RequestMalformed("a version id is 64 hexadecimal digits");
}
