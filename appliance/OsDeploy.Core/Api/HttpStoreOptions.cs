namespace OsDeploy.Api;

/// <summary>How an agent talks to a store by HTTP.</summary>
public sealed record HttpStoreOptions
{
    /// <summary>The key the server must have; null: a certificate this computer's authorities vouch for.</summary>
    public ServerKey? ServerKey { get; init; }

    /// <summary>How long a server that has answered before may be away before the work fails.</summary>
    public TimeSpan GiveUpAfter { get; init; } = StoreApi.AgentGivesUpAfter;

    /// <summary>The same for a server that never answered: more likely a wrong address than an outage.</summary>
    public TimeSpan GiveUpFirstContactAfter { get; init; } = TimeSpan.FromSeconds(30);
}
