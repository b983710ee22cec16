using OsDeploy.Api.Accounts;
using OsDeploy.Api.Appliance;

namespace OsDeploy.Api;

/// <summary>The appliance as a whole.</summary>
public static class ApplianceApi
{
    private const string Root = "/api/v1";

    public static ApiRoute<Nothing, About> About { get; } = new("GET", Root + "/about", Access.Public, null, ApiJson.Default.About);

    public static ApiRoute<Nothing, ApplianceStatus> Status { get; } =
        new("GET", Root + "/status", Access.Of(Right.View), null, ApiJson.Default.ApplianceStatus);

    /// <summary>Takes an alarm off the list once somebody has looked.</summary>
    public static ApiRoute<Nothing, Nothing> DismissAlarm { get; } =
        new("DELETE", Root + "/alarms/{alarm}", Access.Of(Right.StartRestores), null, null);

    /// <summary>Server-sent events (WHATWG HTML section 9.2), each a JSON <see cref="Appliance.Event"/>; <c>Last-Event-ID</c> is understood.</summary>
    public static ApiRoute Events { get; } = new("GET", Root + "/events", 0, Access.Of(Right.View)) { Patience = TimeSpan.FromHours(24) };

    /// <summary>This API (OpenAPI 3.1).</summary>
    public static ApiRoute OpenApi { get; } = new("GET", Root + "/openapi.json", 0, Access.Of(Right.View));

    /// <summary>How two versions of an image differ.</summary>
    public static ApiRoute<Nothing, VersionComparison> Compare { get; } = new(
        "GET", Root + "/store/versions/{first}/compare/{second}", Access.Of(Right.View), null, ApiJson.Default.VersionComparison) { Patience = TimeSpan.FromMinutes(10) };

    /// <summary>Every version with what its manifest says, newest first within an image.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<StoredVersion>> ListStored { get; } =
        new("GET", Root + "/store/images", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListStoredVersion) { Patience = TimeSpan.FromMinutes(10) };

    /// <summary>Deleted versions that can come back, the last deleted first.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<DeletedVersion>> ListDeleted { get; } =
        new("GET", Root + "/store/deleted", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListDeletedVersion);

    /// <summary>What a version adds to the store. Query <c>only=true</c>: also what no other version has, for which every index is read.</summary>
    public static ApiRoute<Nothing, VersionWeight> Weigh { get; } =
        new("GET", Root + "/store/versions/{version}/weight", Access.Of(Right.View), null, ApiJson.Default.VersionWeight) { Patience = TimeSpan.FromMinutes(30) };

    /// <summary>Restarts or switches off the appliance. Answered once the shutdown has begun.</summary>
    public static ApiRoute<PowerOrder, Nothing> Power { get; } =
        new("POST", Root + "/power", Access.Of(Right.Administer), ApiJson.Default.PowerOrder, null);

    /// <summary>Sets the appliance's clock, which every job and every agent goes by.</summary>
    public static ApiRoute<ClockSetting, Nothing> SetClock { get; } =
        new("PUT", Root + "/clock", Access.Of(Right.Administer), ApiJson.Default.ClockSetting, null);

    public static IReadOnlyList<ApiRoute> All { get; } = [About, Status, DismissAlarm, Events, OpenApi, Compare, ListStored, ListDeleted, Weigh, Power, SetClock];
}
