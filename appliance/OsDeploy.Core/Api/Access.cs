using OsDeploy.Api.Accounts;

namespace OsDeploy.Api;

/// <summary>Who may use a route. Everything that is not said here is refused.</summary>
/// <param name="IsPublic">Anyone, without any credential. The list of such routes is short and a test holds it.</param>
/// <param name="IsAgent">An agent, for its own host and its own job; the handler looks at which.</param>
/// <param name="Operator">Operators whose role has this right; null: no operator.</param>
public sealed record Access(bool IsPublic, bool IsAgent, Right? Operator)
{
    public static Access Public { get; } = new(true, false, null);

    public static Access Agent { get; } = new(false, true, null);

    /// <summary>Whoever is at the other end of the appliance's socket; the handler looks at which user it is.</summary>
    public static Access Local { get; } = new(false, false, null);

    public static Access Of(Right right) => new(false, false, right);

    public static Access AgentOr(Right right) => new(false, true, right);
}
