namespace OsDeploy.Api;

/// <summary>How an agent or a command line talks to a server.</summary>
public sealed record ConnectionOptions
{
    /// <summary>The key the server must have; null: a certificate this computer's authorities vouch for.</summary>
    public ServerKey? ServerKey { get; init; }

    /// <summary>Credential of an agent, a session or an account; null: none.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Asked for a new credential when the server no longer knows an agent's (401 <c>agent-unknown</c>, after a restart): gets the refused one.
    /// The request is then sent once more. Null: the refusal stands.
    /// </summary>
    public Func<string?, CancellationToken, Task<string>>? Renew { get; init; }

    /// <summary>How long a server that has answered before may be away before the work fails.</summary>
    public TimeSpan GiveUpAfter { get; init; } = StoreApi.AgentGivesUpAfter;

    /// <summary>The same for a server that never answered: more likely a wrong address than an outage.</summary>
    public TimeSpan GiveUpFirstContactAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told how long the server has been away each time it is asked again, and zero when it is back.</summary>
    public Action<TimeSpan>? Away { get; init; }

    /// <summary>For a person at a prompt: asked once, and a request that may not be sent twice is not.</summary>
    public ConnectionOptions Once() => this with { GiveUpAfter = TimeSpan.Zero, GiveUpFirstContactAfter = TimeSpan.Zero };
}
