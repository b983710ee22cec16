using OsDeploy.Agent.Network;
using OsDeploy.Api;

namespace OsDeploy.Agent;

/// <param name="Server">As <see cref="ApiClient"/> takes it.</param>
/// <param name="Key">The key the server must have; null: only where nobody can listen in.</param>
/// <param name="Program">Name and version of this program, for the server's list of hosts.</param>
/// <param name="Claim">Token of the job this computer had before it was restarted (its boot script carries it); null: none.</param>
/// <param name="StateFile">Where the token of the job under way is kept, so that a program that was killed takes it up again; null: nowhere.</param>
/// <param name="Once">End after one job, and give up a server that never answers.</param>
/// <param name="Boot">Id of the server's record of this boot; null: it has none.</param>
/// <param name="RestartsAfterJob">The network started this computer for its job: once that is verified it goes back to its own system.</param>
/// <param name="Network">The way to the server has to be found first; null: there is one.</param>
public sealed record AgentOptions(
    string Server, ServerKey? Key, string Program, string? Claim = null, string? StateFile = null, bool Once = false, string? Boot = null,
    bool RestartsAfterJob = false, BootNetwork? Network = null);
