namespace OsDeploy.Benchmarks.Trials;

/// <summary>
/// What needs a daemon. It runs in the background: started before the clock, ended after it by its pid file. So a contender's processor
/// seconds and memory are those of the program that asks, not of the daemon.
/// </summary>
internal static class ApplianceContenders
{
    public const string Osdeployd = "osdeployd";
    public const string OsdeployHttps = "osdeploy-https";

    private const string End = """
        "$BENCH" end "$DAEMON/pid"
        """;

    // Where the image of a trial was captured: a daemon's own data.
    private const string ImageData = "$IMAGES/osdeploy";

    private static readonly string[] s_own = [Contenders.Osdeploy, Osdeployd];

    /// <summary>
    /// The first day through the daemon into its own store, under the image of a configuration. The name is that of the capture into a
    /// folder: what restores from the folder finds this one in its place.
    /// </summary>
    public static readonly Contender CaptureAppliance = new(
        Contenders.Osdeploy,
        s_own,
        CaptureScript,
        Before: Start("$OUT") + """

            "$OSDEPLOY" config add bench > /dev/null
            """,
        After: End);

    public static readonly Contender CaptureHttps = new(OsdeployHttps, s_own, CaptureScript, Before: Start("$OUT"), After: End);

    public static readonly Contender RestoreHttps = new(
        OsdeployHttps,
        s_own,
        """
        "$OSDEPLOY" restore "$TARGET_DISK" --store "https://127.0.0.1:$PORT" --image bench --yes --json --verify none --full > "$REPORT"
        """,
        Image: Contenders.Osdeploy,
        Before: Start(ImageData),
        After: End);

    private const string CaptureScript = """
        "$OSDEPLOY" capture "$DISK" --store "https://127.0.0.1:$PORT" --image bench --json > "$REPORT"
        """;

    // The same password for every daemon of a trial: one that meets its own data again does not take a new one.
    private static string Start(string data) => $$"""
        [ -s "$DAEMON/password" ] || head -c 18 /dev/urandom | base64 > "$DAEMON/password"
        rm -rf "$XDG_STATE_HOME"
        "$OSDEPLOYD" --data "{{data}}" --listen "127.0.0.1:$PORT" --first-operator admin --password-file "$DAEMON/password" > "$DAEMON/output" 2>&1 < /dev/null &
        echo $! > "$DAEMON/pid"
        "$BENCH" await-daemon "{{data}}" > "$DAEMON/pin" || { cat "$DAEMON/output" >&2; exit 1; }
        "$OSDEPLOY" login "https://127.0.0.1:$PORT" --user admin --password-file "$DAEMON/password" --pin "$(cat "$DAEMON/pin")" > /dev/null
        """;
}
