using OsDeploy.Api.Accounts;
using OsDeploy.Api.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Api;

/// <summary>Hosts, computers that are nobody yet, and rooms. <c>{host}</c> is a name or an id.</summary>
public static class HostApi
{
    /// <summary>Bytes of a host list: 50,000 lines of 160.</summary>
    public const int MaxImport = 8 << 20;

    private const string Root = "/api/v1";

    /// <summary>Query <c>brief=true</c>: without inventories, jobs and partitions, for who keeps ten thousand of them in view.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<HostView>> List { get; } =
        new("GET", Root + "/hosts", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListHostView);

    public static ApiRoute<Nothing, HostView> Show { get; } =
        new("GET", Root + "/hosts/{host}", Access.Of(Right.View), null, ApiJson.Default.HostView);

    /// <summary>All or none. 409 <c>host-name-taken</c>, <c>host-mac-taken</c>.</summary>
    public static ApiRoute<NewHosts, IReadOnlyList<HostView>> Add { get; } =
        new("POST", Root + "/hosts", Access.Of(Right.EditHosts), ApiJson.Default.NewHosts, ApiJson.Default.IReadOnlyListHostView);

    /// <summary>409 <c>changed-meanwhile</c> with who and when if <see cref="HostChange.Rev"/> is not the present one.</summary>
    public static ApiRoute<HostChange, HostView> Change { get; } =
        new("PUT", Root + "/hosts/{host}", Access.Of(Right.EditHosts), ApiJson.Default.HostChange, ApiJson.Default.HostView);

    /// <summary>Its agent is refused from the next poll on. 409 <c>host-has-job</c>.</summary>
    public static ApiRoute<Nothing, Nothing> Delete { get; } = new("DELETE", Root + "/hosts/{host}", Access.Of(Right.EditHosts), null, null);

    public static ApiRoute<HostImport, ImportReport> Import { get; } = new(
        "POST", Root + "/hosts/import", Access.Of(Right.EditHosts), ApiJson.Default.HostImport, ApiJson.Default.ImportReport,
        MaxBody: (MaxImport / 3 * 4) + ApiLimits.MaxJson);

    /// <summary>Answers the list as CSV, UTF-8, with every column; the import reads it back.</summary>
    public static ApiRoute Export { get; } = new("GET", Root + "/hosts.csv", 0, Access.Of(Right.View));

    /// <summary>Hosts, and computers that are nobody yet, that were heard; query <c>after</c> (RFC 3339): only those heard later.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<HeardComputer>> ListHeard { get; } =
        new("GET", Root + "/heard", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListHeardComputer);

    public static ApiRoute<Nothing, IReadOnlyList<PendingHost>> ListPending { get; } =
        new("GET", Root + "/pending", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListPendingHost);

    public static ApiRoute<Approval, HostView> Approve { get; } =
        new("POST", Root + "/pending/{pending}/approve", Access.Of(Right.EditHosts), ApiJson.Default.Approval, ApiJson.Default.HostView);

    public static ApiRoute<Nothing, Nothing> Reject { get; } = new("DELETE", Root + "/pending/{pending}", Access.Of(Right.EditHosts), null, null);

    public static ApiRoute<Nothing, IReadOnlyList<RoomView>> ListRooms { get; } =
        new("GET", Root + "/rooms", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListRoomView);

    /// <summary>Names the next hosts of a room would get, fewer if its pattern makes no more; query <c>count</c> (1, up to 1000).</summary>
    public static ApiRoute<Nothing, IReadOnlyList<ComputerName>> ListFreeNames { get; } =
        new("GET", Root + "/rooms/{room}/free-names", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListComputerName);

    public static ApiRoute<NewRoom, RoomView> AddRoom { get; } =
        new("POST", Root + "/rooms", Access.Of(Right.EditHosts), ApiJson.Default.NewRoom, ApiJson.Default.RoomView);

    public static ApiRoute<RoomChange, RoomView> ChangeRoom { get; } =
        new("PUT", Root + "/rooms/{room}", Access.Of(Right.EditHosts), ApiJson.Default.RoomChange, ApiJson.Default.RoomView);

    /// <summary>Gives all its hosts names by a scheme. All or none. 409 <c>rename-outdated</c>.</summary>
    public static ApiRoute<RoomRename, RenameReport> RenameRoomHosts { get; } =
        new("POST", Root + "/rooms/{room}/rename", Access.Of(Right.EditHosts), ApiJson.Default.RoomRename, ApiJson.Default.RenameReport);

    /// <summary>Its hosts stay, without a room.</summary>
    public static ApiRoute<Nothing, Nothing> DeleteRoom { get; } = new("DELETE", Root + "/rooms/{room}", Access.Of(Right.EditHosts), null, null);

    public static IReadOnlyList<ApiRoute> All { get; } =
        [List, Show, Add, Change, Delete, Import, Export, ListHeard, ListPending, Approve, Reject, ListRooms, ListFreeNames, AddRoom, ChangeRoom, RenameRoomHosts, DeleteRoom];
}
