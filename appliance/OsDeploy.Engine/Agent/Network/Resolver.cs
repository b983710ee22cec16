namespace OsDeploy.Agent.Network;

/// <summary>Which servers turn names into addresses. The client image reads this file; elsewhere nobody does.</summary>
internal static class Resolver
{
    public static void Use(Lease? lease) => File.WriteAllText(Path.Combine(DhcpAsking.Folder, "resolv.conf"), TextFor(lease));

    internal static string TextFor(Lease? lease) =>
        string.Concat((lease?.Dns ?? []).Select(server => $"nameserver {server}\n")) + (lease?.Domain is { } domain ? $"search {domain}\n" : "");
}
