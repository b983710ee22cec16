namespace OsDeploy.Cli.Login;

/// <summary>
/// Where an appliance is: <c>https://HOST:PORT</c>, <c>unix:/PATH</c>, or <c>http://</c> on this computer. One spelling for each, so that a
/// login is found again.
/// </summary>
internal readonly record struct ServerAddress
{
    private const int DefaultPort = 7443;
    private const string Socket = "unix:/";

    private readonly string? _text;

    private ServerAddress(string text) => _text = text;

    /// <summary>Names the server that verbs mean when nothing else does.</summary>
    public static string Variable => "OSDEPLOY_SERVER";

    /// <summary>The daemon of this computer.</summary>
    public static ServerAddress Local { get; } = new("unix:/var/lib/osdeploy/osdeployd.sock");

    /// <summary>Null over a socket, and without TLS.</summary>
    public Uri? Tls => ToString().StartsWith("https:", StringComparison.Ordinal) ? new Uri(ToString()) : null;

    /// <summary>Accepts a bare host name too; without a port it is 7443.</summary>
    public static bool TryParse(string text, out ServerAddress address)
    {
        var found = text.StartsWith(Socket, StringComparison.Ordinal) && text.Length > Socket.Length ? text : SpellingOf(text);
        address = found is null ? default : new ServerAddress(found);
        return found is not null;
    }

    /// <exception cref="UserErrorException"><c>usage-server</c></exception>
    public static ServerAddress Parse(string text) => TryParse(text, out var address) ? address : throw ServerErrors.UsageServer(text);

    public override string ToString() => _text ?? Local.ToString();

    private static string? SpellingOf(string text)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        var isServer = Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Host.Length > 0 && parsed.PathAndQuery == "/"
            && !text.EndsWith(':') && parsed.Fragment.Length == 0 && parsed.UserInfo.Length == 0;
        return !isServer ? null : parsed!.Scheme switch
        {
            "https" => $"https://{parsed.Host}:{(NamesPort(url) ? parsed.Port : DefaultPort)}",
            "http" when parsed.IsLoopback => $"http://{parsed.Host}:{parsed.Port}",
            _ => null,
        };
    }

    // Uri cannot tell "https://host" from "https://host:443".
    private static bool NamesPort(string url)
    {
        var authority = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/');
        return authority.LastIndexOf(':') > authority.LastIndexOf(']');
    }
}
