namespace OsDeploy.Api;

/// <summary>Every route there is. A server without a handler for one of them does not start.</summary>
public static class ApiTable
{
    public static IReadOnlyList<ApiRoute> All { get; } =
        [.. AgentApi.All, .. AccountApi.All, .. HostApi.All, .. ConfigurationApi.All, .. JoinApi.All, .. JobApi.All, .. ApplianceApi.All, .. SettingsApi.All, .. SystemApi.All, .. HealthApi.All, .. NotificationApi.All, .. BootApi.All, .. CarouselApi.All, .. PersonalApi.All, .. MovingApi.All, .. StoreApi.All];
}
