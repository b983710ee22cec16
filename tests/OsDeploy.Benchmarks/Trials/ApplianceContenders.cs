using System.Globalization;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>
/// What needs a daemon. It runs in the background: started before the clock, ended after it by its pid file. So a contender's processor
/// seconds and memory are those of the program that asks, not of the daemon.
/// </summary>
internal static class ApplianceContenders
{
    public const string Osdeployd = "osdeployd";
    public const string OsdeployHttps = "osdeploy-https";
    public const string Nginx = "nginx";
    public const string Room = "room";
    public const string OneAgent = "one-agent";
    public const string FourAgents = "four-agents";

    public const string End = """
        "$BENCH" end "$DAEMON/pid"
        """;

    /// <summary>How its configuration begins, into the part about HTTP: quiet, quick, and with all it writes in the folder of the trial.</summary>
    public const string NginxHead = """
        user root;
        pid $DAEMON/pid;
        error_log $DAEMON/error.log;
        worker_processes 2;
        events { worker_connections 64; }
        http {
            access_log off;
            sendfile on;
            tcp_nopush on;
            keepalive_requests 1000000000;
            client_body_temp_path $DAEMON/body;
            proxy_temp_path $DAEMON/proxy;
            fastcgi_temp_path $DAEMON/fastcgi;
            uwsgi_temp_path $DAEMON/uwsgi;
            scgi_temp_path $DAEMON/scgi;
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

    /// <summary>As <see cref="CaptureAppliance"/>, with its chunks once more as files in <c>files</c>.</summary>
    public static readonly Contender CaptureUnpacked = CaptureAppliance with
    {
        After = End + """

            "$BENCH" unpack "$OUT/store" "$OUT/files" > "$OUT/served"
            """,
    };

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

    /// <summary>Chunks out of packs.</summary>
    public static readonly Contender ServeOsdeploy = new(
        Contenders.Osdeploy,
        [.. s_own, "h2load"],
        ServeScript,
        Image: Contenders.Osdeploy,
        Before: Start(ImageData) + """

            sed -n 's/.*"token": "\(.*\)".*/\1/p' "$XDG_STATE_HOME/osdeploy/logins.json" > "$DAEMON/token"
            find "$IMAGES/osdeploy/store" -type f -exec cat {} + > /dev/null
            """,
        After: End,
        IsWarm: true);

    /// <summary>The same frames as files. It looks at no credential; it is sent one all the same, so that the requests are equal.</summary>
    public static readonly Contender ServeNginx = new(
        Nginx,
        [Nginx, "h2load", "openssl"],
        ServeScript,
        Image: Contenders.Osdeploy,
        Before: $$"""
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=osdeploy -days 1 -keyout "$DAEMON/tls.key" -out "$DAEMON/tls.pem" 2> /dev/null
            printf 'osds_%064d\n' 0 > "$DAEMON/token"
            cat > "$DAEMON/nginx.conf" <<END
            {{NginxHead}}
                default_type application/octet-stream;
                server {
                    listen 127.0.0.1:$PORT ssl;
                    ssl_certificate $DAEMON/tls.pem;
                    ssl_certificate_key $DAEMON/tls.key;
                    ssl_protocols TLSv1.3;
                    root $IMAGES/osdeploy/files;
                }
            }
            END
            nginx -c "$DAEMON/nginx.conf" -e "$DAEMON/error.log"
            find "$IMAGES/osdeploy/files" -type f -exec cat {} + > /dev/null
            """,
        After: End,
        IsWarm: true);

    /// <summary>A room of simulated hosts, by the benchmark's own verb.</summary>
    /// <param name="seconds">How long polls are measured, at most.</param>
    public static Contender RoomOf(string name, int pollers, int restorers, int seconds) => new(
        name,
        s_own,
        string.Create(CultureInfo.InvariantCulture, $"""
            "$BENCH" room "https://127.0.0.1:$PORT" "$DAEMON" --configuration bench --pollers {pollers} --restorers {restorers} --seconds {seconds} > "$REPORT"
            """),
        Image: Contenders.Osdeploy,
        Before: Start(ImageData),
        After: End);

    private const string CaptureScript = """
        "$OSDEPLOY" capture "$DISK" --store "https://127.0.0.1:$PORT" --image bench --json > "$REPORT"
        """;

    /// <summary>
    /// Four clients of one connection each: h2load begins every connection at the head of its list, so that one client of four would fetch
    /// the same chunks four times. It counts only answers of 2xx as succeeded. One cipher is offered, the one the daemon
    /// chooses whenever it can: nginx would choose by the order of the client, and so another one.
    /// </summary>
    private const string ServeScript = """
        for list in 0 1 2 3; do
            paths=$IMAGES/osdeploy/files/paths.$list
            h2load --h1 --tls13-ciphers=TLS_AES_256_GCM_SHA384 -t 1 -c 1 -n "$(wc -l < "$paths")" -i "$paths" \
                -B "https://127.0.0.1:$PORT" -H "authorization: Bearer $(cat "$DAEMON/token")" > "$OUT/$list.txt" &
        done
        wait
        wanted=$(cat "$IMAGES"/osdeploy/files/paths.* | wc -l)
        [ "$(awk '/^requests:/ { done += $8 } END { print done }' "$OUT"/*.txt)" = "$wanted" ] &&
            [ "$(cat "$OUT"/*.txt | grep -c '^Cipher: TLS_AES_256_GCM_SHA384$')" = 4 ] ||
            { grep -h -e '^Cipher:' -e '^requests:' "$OUT"/*.txt >&2; exit 1; }
        printf '{"fetchedBytes":%s}' "$(cat "$IMAGES/osdeploy/served")" > "$REPORT"
        """;

    // The same password for every daemon of a trial: one that meets its own data again does not take a new one.
    /// <param name="more">Arguments of the daemon, quoted.</param>
    public static string Start(string data, string more = "") => $$"""
        [ -s "$DAEMON/password" ] || head -c 18 /dev/urandom | base64 > "$DAEMON/password"
        rm -rf "$XDG_STATE_HOME"
        "$OSDEPLOYD" --data "{{data}}" --listen "127.0.0.1:$PORT" --first-operator admin --password-file "$DAEMON/password" {{more}} > "$DAEMON/output" 2>&1 < /dev/null &
        echo $! > "$DAEMON/pid"
        "$BENCH" await-daemon "{{data}}" > "$DAEMON/pin" || { cat "$DAEMON/output" >&2; exit 1; }
        "$OSDEPLOY" login "https://127.0.0.1:$PORT" --user admin --password-file "$DAEMON/password" --pin "$(cat "$DAEMON/pin")" > /dev/null
        """;
}
