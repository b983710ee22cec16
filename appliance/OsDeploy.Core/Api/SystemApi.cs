using OsDeploy.Api.Accounts;
using OsDeploy.Api.Appliance;
using OsDeploy.SystemImages;

namespace OsDeploy.Api;

/// <summary>The appliance's own system: which one runs, a newer one, the one before.</summary>
public static class SystemApi
{
    private const string Root = "/api/v1/system";

    public static ApiRoute<Nothing, SystemState> Show { get; } =
        new("GET", Root, Access.Of(Right.View), null, ApiJson.Default.SystemState) { Patience = TimeSpan.FromMinutes(10) };

    /// <summary>Takes the bytes of an <c>osdeploy.iso</c>; answers <see cref="SystemUpload"/>. 409 <c>system-busy</c>; 507 <c>disk-full</c>.</summary>
    public static ApiRoute Upload { get; } = new("POST", Root + "/upload", SystemUploads.MaxLength, Access.Of(Right.Administer)) { Patience = TimeSpan.FromHours(4) };

    /// <summary>
    /// Writes a newer system beside the one that runs. Answered once it has begun: its signature was found good, and it is not older.
    /// <see cref="Show"/> says how far it is. It is started at the next start of the appliance.
    /// </summary>
    public static ApiRoute<SystemUpdateOrder, Nothing> Update { get; } =
        new("POST", Root + "/update", Access.Of(Right.Administer), ApiJson.Default.SystemUpdateOrder, null) { Patience = TimeSpan.FromMinutes(10) };

    /// <summary>Has the system before this one started at the next start of the appliance. 409 <c>system-no-previous</c>, <c>changed-meanwhile</c>.</summary>
    public static ApiRoute<SystemFallbackOrder, SystemState> FallBack { get; } =
        new("POST", Root + "/fallback", Access.Of(Right.Administer), ApiJson.Default.SystemFallbackOrder, ApiJson.Default.SystemState) { Patience = TimeSpan.FromMinutes(10) };

    public static IReadOnlyList<ApiRoute> All { get; } = [Show, Upload, Update, FallBack];
}
