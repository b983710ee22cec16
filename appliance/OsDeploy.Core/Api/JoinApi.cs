using OsDeploy.Api.Accounts;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Api;

/// <summary>What hosts join their domains with. Nothing of it is ever answered but to the host itself, in its job (<see cref="AgentApi.Secrets"/>).</summary>
public static class JoinApi
{
    /// <summary>Bytes of a file of <c>djoin</c>: 64 KiB in base64, in UTF-16.</summary>
    public const int MaxFile = 192 << 10;

    private const string Root = "/api/v1";

    public static ApiRoute<Nothing, IReadOnlyList<JoinAccount>> ListAccounts { get; } =
        new("GET", Root + "/join-accounts", Access.Of(Right.EditConfigurations), null, ApiJson.Default.IReadOnlyListJoinAccount);

    /// <summary>Makes or changes the account of a domain.</summary>
    public static ApiRoute<JoinAccountChange, JoinAccount> SetAccount { get; } =
        new("PUT", Root + "/join-accounts/{domain}", Access.Of(Right.Administer), ApiJson.Default.JoinAccountChange, ApiJson.Default.JoinAccount, MaxBody: 16 << 10);

    public static ApiRoute<Nothing, Nothing> DeleteAccount { get; } = new("DELETE", Root + "/join-accounts/{domain}", Access.Of(Right.Administer), null, null);

    public static ApiRoute<OfflineJoinFile, OfflineJoin> SetOfflineJoin { get; } = new(
        "PUT", Root + "/hosts/{host}/offline-join", Access.Of(Right.EditHosts), ApiJson.Default.OfflineJoinFile, ApiJson.Default.OfflineJoin, MaxBody: MaxFile / 3 * 4 + 1024);

    public static ApiRoute<Nothing, Nothing> DeleteOfflineJoin { get; } = new("DELETE", Root + "/hosts/{host}/offline-join", Access.Of(Right.EditHosts), null, null);

    public static IReadOnlyList<ApiRoute> All { get; } = [ListAccounts, SetAccount, DeleteAccount, SetOfflineJoin, DeleteOfflineJoin];
}
