using System.Globalization;
using OsDeploy.Api.Accounts;

namespace OsDeploy.Server.Api;

/// <summary>Who asks, as the credential proved it. Never taken from a name, an address or a header beside it.</summary>
/// <param name="AuditName">As the audit log and <c>ChangedBy</c> name it.</param>
internal abstract record Caller(string AuditName);

internal sealed record AnonymousCaller() : Caller("anyone")
{
    public static AnonymousCaller Instance { get; } = new();
}

/// <param name="Id">Of the agent, not of a host: which host it is, the host registry decides at each request.</param>
internal sealed record AgentCaller(string Id) : Caller("agent:" + Id);

/// <param name="Session">Hash of the session or token it came with.</param>
internal sealed record OperatorCaller(string Name, Role Role, IReadOnlyList<string> Rooms, string Session) : Caller("operator:" + Name)
{
    public bool May(Right right) => Roles.May(Role, right);

    /// <summary>A room operator works in its rooms; everyone else everywhere.</summary>
    public bool MayWorkIn(string? room) =>
        Role != Role.RoomOperator || (room is not null && Rooms.Contains(room, StringComparer.OrdinalIgnoreCase));
}

/// <summary>A program on the appliance itself, over its socket.</summary>
/// <param name="User">Its uid, as the kernel names it.</param>
internal sealed record LocalCaller(uint User) : Caller(string.Create(CultureInfo.InvariantCulture, $"user:{User}"));
