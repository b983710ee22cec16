namespace OsDeploy.Personalisation;

/// <summary><c>/etc/hosts</c> (hosts(5)).</summary>
internal static class HostsFile
{
    // Where Debian writes the computer's own name (Debian Reference, 5.1.1).
    private const string Own = "127.0.1.1";
    private const string Loopback = "127.0.0.1";

    /// <param name="domain">Null: none.</param>
    public static string WithName(string hosts, string name, string? domain)
    {
        var entry = $"{Own}\t{(domain is null ? "" : $"{name}.{domain} ")}{name}";
        var lines = hosts.Split('\n').ToList();
        var at = lines.FindIndex(line => IsOf(line, Own));
        if (at >= 0)
        {
            lines[at] = entry;
            lines.RemoveAll(line => IsOf(line, Own) && line != entry);
        }
        else
        {
            lines.Insert(lines.FindIndex(line => IsOf(line, Loopback)) + 1, entry);
        }

        return string.Join('\n', lines);
    }

    private static bool IsOf(string line, string address) => line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] && first == address;
}
