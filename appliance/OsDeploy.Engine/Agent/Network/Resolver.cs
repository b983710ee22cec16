using System.Net;

namespace OsDeploy.Agent.Network;

/// <summary>Which servers turn names into addresses. The client image reads this file; elsewhere nobody does.</summary>
internal static class Resolver
{
    public static void Use(IReadOnlyList<IPAddress> servers) =>
        File.WriteAllText(Path.Combine(DhcpAsking.Folder, "resolv.conf"), string.Concat(servers.Select(server => $"nameserver {server}\n")));
}
