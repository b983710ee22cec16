using OsDeploy.Images;

namespace OsDeploy.Server.Hosts;

/// <summary>What the registry asks of its neighbours. Everything is called on the thread, and inside the transaction, of the change.</summary>
/// <param name="Audit">Actor, action, subject, detail.</param>
/// <param name="Seal">Makes a secret unreadable without the appliance's key.</param>
/// <param name="Open">The opposite of <paramref name="Seal"/>.</param>
/// <param name="JobOf">Id of the job of a host (by its id) that has not ended; null: none.</param>
/// <param name="IsInUse">Whether an active job needs a version; null: none does.</param>
/// <param name="RoomRenamed">Old name, new name (null: the room is gone): accounts name the rooms they may work in.</param>
internal sealed record RegistryEdges(
    Action<string, string, string, string> Audit, Func<string, string> Seal, Func<string, string> Open, Func<string, string?> JobOf, Action<string, string?> RoomRenamed,
    Func<VersionId, bool>? IsInUse = null);
