using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Appliance;

/// <summary>Answers <see cref="SystemApi"/>. The helper does it, and believes nothing of what was sent; the audit log has it before it is done.</summary>
/// <param name="audit">Takes actor, action, subject and detail; durable when it returns.</param>
internal sealed class SystemHandlers(HelperClient helper, SystemUploadFile upload, Action<string, string, string, string> audit)
{
    private const string Subject = "system";

    // 1: the helper works with what was uploaded.
    private int _isRead;

    public void Map(HandlerTable on)
    {
        on.On(SystemApi.Show, (call, _) => ShowAsync(call.Cancel));
        on.On(SystemApi.Upload, UploadAsync);
        on.On(SystemApi.Update, UpdateAsync);
        on.On(SystemApi.FallBack, FallBackAsync);
    }

    private async Task<SystemState> ShowAsync(CancellationToken cancel)
    {
        var state = await AskAsync(cancel);
        if (state.Work is { IsDone: true } && Interlocked.Exchange(ref _isRead, 0) == 1)
        {
            upload.Delete(); // of no use any more, whatever became of it; one that has come since is
        }

        return state;
    }

    // Where the programs run on a system that was set up in another way, there may be no helper.
    private async Task<SystemState> AskAsync(CancellationToken cancel)
    {
        try
        {
            return await helper.SystemAsync(cancel);
        }
        catch (UserErrorException e) when (e.Code == "helper-missing")
        {
            return new SystemState(SystemPlace.Other, "", IsDevelopment: false, []);
        }
    }

    private async Task UploadAsync(Call call)
    {
        audit(call.Caller.AuditName, "system-upload", Subject, "");
        var size = await upload.TakeAsync(call.Context.Request.Body, call.Context.Request.ContentLength, call.Cancel);
        await Requests.AnswerJsonAsync(call.Context, new SystemUpload(size), ApiJson.Default.SystemUpload);
    }

    private async Task<Nothing> UpdateAsync(Call call, SystemUpdateOrder order)
    {
        audit(call.Caller.AuditName, "system-update", Subject, ApiWord.Of(order.Source));
        await helper.CallAsync(new SystemUpdateRequest(order.Source), call.Cancel);
        Interlocked.Exchange(ref _isRead, order.Source == SystemSource.Upload ? 1 : 0);
        return default;
    }

    private async Task<SystemState> FallBackAsync(Call call, SystemFallbackOrder order)
    {
        if (order.Version is { } wanted && (await helper.SystemAsync(call.Cancel)).Other?.Version is { } other && other != wanted)
        {
            throw Errors.ChangedMeanwhile();
        }

        audit(call.Caller.AuditName, "system-fallback", Subject, order.Version ?? "");
        await helper.CallAsync(new SystemFallbackRequest(), call.Cancel);
        return await helper.SystemAsync(call.Cancel);
    }
}
