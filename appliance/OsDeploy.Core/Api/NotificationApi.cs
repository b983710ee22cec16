using OsDeploy.Api.Accounts;
using OsDeploy.Api.Notifications;

namespace OsDeploy.Api;

/// <summary>Who is told of new alarms and ended batches.</summary>
public static class NotificationApi
{
    private const string Root = "/api/v1/notifications";

    /// <summary>Secrets are masked.</summary>
    public static ApiRoute<Nothing, NotificationSettings> Show { get; } = new("GET", Root, Access.Of(Right.Administer), null, ApiJson.Default.NotificationSettings);

    /// <summary>A secret stays as it is where its mask is sent back. 400 <c>notifications-invalid</c>, <c>notifications-secret-again</c>.</summary>
    public static ApiRoute<NotificationSettings, NotificationSettings> Change { get; } =
        new("PUT", Root, Access.Of(Right.Administer), ApiJson.Default.NotificationSettings, ApiJson.Default.NotificationSettings, MaxBody: 8192);

    /// <summary>Tells everybody who is set that this is a test.</summary>
    public static ApiRoute<Nothing, NotificationTest> Test { get; } =
        new("POST", Root + "/test", Access.Of(Right.Administer), null, ApiJson.Default.NotificationTest) { Patience = TimeSpan.FromMinutes(2) };

    public static IReadOnlyList<ApiRoute> All { get; } = [Show, Change, Test];
}
