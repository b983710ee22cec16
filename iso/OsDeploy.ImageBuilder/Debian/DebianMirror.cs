namespace OsDeploy.ImageBuilder.Debian;

/// <param name="Main">Archive with the release and its updates.</param>
/// <param name="Security">Archive with its security updates; null: none is known.</param>
internal sealed record DebianMirror(string Main, string? Security)
{
    private const string MainName = "/debian";
    private const string SecurityName = "/debian-security";
    private const string Suite = "trixie";
    private const string Components = "main non-free-firmware";
    private const string Keys = "/usr/share/keyrings/debian-archive-keyring.gpg";

    private static readonly string[] s_releases =
        ["buster", "bullseye", "bookworm", Suite, "forky", "sid", "oldoldstable", "oldstable", "stable", "testing", "unstable"];

    /// <param name="wish">What was asked for; null: nothing.</param>
    /// <param name="sources">The archives of this computer: the release may be another, the mirror has ours as well.</param>
    /// <exception cref="UserErrorException"><c>mirror-unknown</c>, <c>usage-mirror</c></exception>
    public static DebianMirror Choose(string? wish, IReadOnlyList<AptSource> sources)
    {
        if (wish is not null)
        {
            return IsUsable(wish) ? new DebianMirror(Trimmed(wish), BesideOf(Trimmed(wish))) : throw Errors.UsageMirror(wish);
        }

        var main = sources.FirstOrDefault(source => s_releases.Contains(source.Suite) && IsUsable(source))?.Url ?? throw Errors.MirrorUnknown();
        var security = sources.FirstOrDefault(source => s_releases.Any(release => source.Suite.StartsWith(release + "-security", StringComparison.Ordinal)) && IsUsable(source))?.Url;
        return new DebianMirror(Trimmed(main), security is null ? BesideOf(Trimmed(main)) : Trimmed(security));
    }

    /// <summary>As sources.list(5) wants it.</summary>
    public string ToSources()
    {
        var lines = new List<string> { LineOf(Main, Suite), LineOf(Main, Suite + "-updates") };
        if (Security is not null)
        {
            lines.Add(LineOf(Security, Suite + "-security"));
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string LineOf(string url, string suite) => $"deb [signed-by={Keys}] {url} {suite} {Components}";

    private static bool IsUsable(AptSource source) => source.Components.Contains("main") && IsUsable(source.Url);

    // What apt is told is a line of words.
    private static bool IsUsable(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is ("http" or "https" or "file") && !url.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '[' or ']');

    private static string Trimmed(string url) => url.TrimEnd('/');

    private static string? BesideOf(string main) =>
        main.EndsWith(MainName, StringComparison.Ordinal) ? main[..^MainName.Length] + SecurityName : null;
}
