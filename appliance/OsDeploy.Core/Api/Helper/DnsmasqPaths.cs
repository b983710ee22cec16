namespace OsDeploy.Api.Helper;

/// <summary>
/// Where the files around dnsmasq lie. Daemon and helper know them alike: a configuration that names others is refused.
/// </summary>
/// <param name="Folder">Absolute path; the daemon writes what is in it, everybody may read it.</param>
public sealed record DnsmasqPaths(string Folder)
{
    /// <summary>The user that Debian's package makes.</summary>
    public const string User = "dnsmasq";

    public string Tftp => Path.Combine(Folder, "tftp");

    /// <summary>Lines as behind <c>dhcp-host=</c>.</summary>
    public string Hosts => Path.Combine(Folder, "hosts");

    /// <summary>Of root: the daemon cannot put links there.</summary>
    public string Private => Folder.TrimEnd('/') + "-dnsmasq";

    public string Configuration => Path.Combine(Private, "dnsmasq.conf");

    public string Leases => Path.Combine(Private, "leases");

    public string Log => Path.Combine(Private, "log");

    public string Pid => Path.Combine(Private, "pid");

    /// <summary>Lines that every configuration has.</summary>
    public IReadOnlyList<string> FixedLines =>
    [
        "port=0",
        "bind-interfaces",
        "user=" + User,
        "pid-file=" + Pid,
        "log-facility=" + Log,
        "log-dhcp",
        "dhcp-leasefile=" + Leases,
        "dhcp-hostsfile=" + Hosts,
        "enable-tftp",
        "tftp-root=" + Tftp,
        "tftp-max=300",
    ];
}
