using System.Globalization;
using OsDeploy.Benchmarks.Lines;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>
/// A room that is switched on: 30 computers at once fetch their scripts, the kernel and the initrd by plain HTTP over the loopback, from the
/// appliance and from nginx. The same clients, which share the processor with the server.
/// </summary>
internal static class BootTrials
{
    private const string Name = "boot-30";
    private const int Computers = 30;

    /// <summary>What computers are started with: build.sh makes it, unless only other lines are asked for.</summary>
    private const string Client = "artifacts/client/current";

    public static Trial Room { get; } = new(
        Name,
        Volume: null,
        Contenders: [Osdeploy, Nginx],
        Lines:
        [
            new(Name, Quantity.Served, Contenders.Osdeploy, ApplianceContenders.Nginx, Goal.AtLeast(0.5)),
            new(Name, Quantity.ServerCpu, Contenders.Osdeploy, ApplianceContenders.Nginx),
            new(Name, Quantity.Elapsed, Contenders.Osdeploy, ApplianceContenders.Nginx),
        ]);

    private static Contender Osdeploy => new(
        Contenders.Osdeploy,
        [Contenders.Osdeploy, ApplianceContenders.Osdeployd, "curl"],
        Fetch("/boot.ipxe?mac=02:00:00:00:00:$number&platform=efi", "/client/$(basename \"$(readlink -f \"$CLIENT\")\")"),
        Before: Find + "\n" + ApplianceContenders.Start("$OUT", "--boot \"127.0.0.1:$((PORT + 1))\" --boot-folder \"$DAEMON/boot\" --client-image \"$CLIENT\""),
        After: ApplianceContenders.End,
        IsWarm: true);

    private static Contender Nginx => new(
        ApplianceContenders.Nginx,
        [ApplianceContenders.Nginx, "curl"],
        Fetch("/build.json", ""),
        Before: Find + $$"""

            cat > "$DAEMON/nginx.conf" <<END
            {{ApplianceContenders.NginxHead}}
                server {
                    listen 127.0.0.1:$((PORT + 1));
                    root $(readlink -f "$CLIENT");
                }
            }
            END
            nginx -c "$DAEMON/nginx.conf" -e "$DAEMON/error.log"
            """,
        After: ApplianceContenders.End,
        IsWarm: true);

    private const string Find = $$"""
        CLIENT={{Client}}
        [ -e "$CLIENT/build.json" ] || { echo "there is no client build: run ./build.sh client" >&2; exit 1; }
        cat "$CLIENT"/vmlinuz "$CLIENT"/initrd.img > /dev/null
        """;

    // What the server has used is read before it and after: it is no child of this script. Fields 14 and 15 of proc_pid_stat(5), in hundredths.
    private static string Fetch(string script, string build) => string.Create(CultureInfo.InvariantCulture, $$"""
        CLIENT={{Client}}
        url="http://127.0.0.1:$((PORT + 1))"
        used() { for id in $(cat "$DAEMON/pid") $(pgrep -P "$(cat "$DAEMON/pid")"); do cat "/proc/$id/stat"; done | sed 's/.*) //' | awk '{ used += $12 + $13 } END { print used }'; }
        before=$(used)
        waiting=()
        for number in $(seq 10 {{9 + Computers}}); do
            curl --silent --show-error --fail --output /dev/null "$url{{script}}" --output /dev/null "$url{{build}}/vmlinuz" --output /dev/null "$url{{build}}/initrd.img" &
            waiting+=($!)
        done
        for one in "${waiting[@]}"; do wait "$one"; done
        bytes=$(cat "$CLIENT"/vmlinuz "$CLIENT"/initrd.img | wc -c)
        printf '{"fetchedBytes":%s,"serverSeconds":%s}' $((bytes * {{Computers}})) "$(awk "BEGIN { print ($(used) - $before) / 100 }")" > "$REPORT"
        """);
}
