using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Hosts;

/// <summary>Answers <see cref="HostApi"/>.</summary>
/// <param name="words">Of pending computers, by id.</param>
internal sealed class HostHandlers(HostRegistry hosts, RoomRegistry rooms, HostMeetings meetings, HostImports imports, HostRenames renames, Func<IReadOnlyDictionary<string, string>> words)
{
    private const int MostNames = 1000;

    public void Map(HandlerTable table)
    {
        table.On(HostApi.List, call => call.Query("brief") == "true" ? hosts.ListBriefly() : hosts.List());
        table.On(HostApi.Show, call => hosts.Show(call.Value("host")));
        table.On(HostApi.Add, (call, asked) => hosts.Add(asked, call.Caller.AuditName));
        table.On(HostApi.Change, (call, change) => hosts.Change(call.Value("host"), change, call.Caller.AuditName));
        table.On(HostApi.Delete, call => Done(() => hosts.Delete(call.Value("host"), call.Caller.AuditName)));
        table.On(HostApi.Import, (call, import) => imports.Import(import, call.Caller.AuditName));
        table.On(HostApi.Export, ExportAsync);
        table.On(HostApi.ListHeard, call => hosts.Heard(TimeOf(call)));
        table.On(HostApi.ListPending, _ => WithWords(meetings.List()));
        table.On(HostApi.Approve, (call, approval) => meetings.Approve(call.Value("pending"), approval, call.Caller.AuditName));
        table.On(HostApi.Reject, call => Done(() => meetings.Reject(call.Value("pending"), call.Caller.AuditName)));
        table.On(HostApi.ListRooms, _ => rooms.List());
        table.On(HostApi.ListFreeNames, call => rooms.FreeNames(call.Value("room"), CountOf(call)));
        table.On(HostApi.AddRoom, (call, asked) => rooms.Add(asked, call.Caller.AuditName));
        table.On(HostApi.ChangeRoom, (call, change) => rooms.Change(call.Value("room"), change, call.Caller.AuditName));
        table.On(HostApi.RenameRoomHosts, (call, asked) => renames.Rename(call.Value("room"), asked, call.Caller.AuditName));
        table.On(HostApi.DeleteRoom, call => Done(() => rooms.Delete(call.Value("room"), call.Caller.AuditName)));
    }

    private IReadOnlyList<PendingHost> WithWords(IReadOnlyList<PendingHost> pending)
    {
        var all = words();
        return [.. pending.Select(one => one with { Words = all.GetValueOrDefault(one.Id) })];
    }

    private static Nothing Done(Action work)
    {
        work();
        return default;
    }

    private static int CountOf(Call call) =>
        int.TryParse(call.Query("count"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Clamp(count, 1, MostNames) : 1;

    private static DateTimeOffset? TimeOf(Call call) =>
        DateTimeOffset.TryParse(call.Query("after"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private async Task ExportAsync(Call call)
    {
        var list = hosts.Export();
        call.Context.Response.ContentType = "text/csv; charset=utf-8";
        call.Context.Response.ContentLength = list.Length;
        await call.Context.Response.Body.WriteAsync(list, call.Cancel);
    }
}
