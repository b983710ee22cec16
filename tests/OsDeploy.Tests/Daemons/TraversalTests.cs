using System.Globalization;
using System.Text;
using OsDeploy.Api;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>Names that climb out of folders, in every place where a name can stand.</summary>
public sealed class TraversalTests
{
    private const string Canary = "canary-of-a-file-8213";
    private const int PerPlace = 130;

    private static readonly string[] s_places =
    [
        .. ApiTable.All.Where(route => route.Method == "GET").SelectMany(PlacesOf),
        "/api/v1/jobs?batch=$", "/api/v1/jobs?host=$", "/api/v1/jobs?count=$&active=$", "/api/v1/batches?count=$", "/api/v1/audit?before=$", "/api/v1/audit?count=1&check=$",
    ];

    private static readonly string[] s_fixed =
    [
        ".", "..", "...", "%2e", "%2e%2e", "%00", "x%00.json", "%", "%zz", "%u002e%u002e%u002f", "~", "~root", "*", "x?y", ";", "x;/../y", "%0d%0aSet-Cookie:x", "%20", "%7f",
        "//", "///etc/passwd", "/etc/passwd", "%2fetc%2fpasswd", "\\", "%5c%5cserver%5cshare", "//server/share", "file:///etc/passwd", "C:%5cWindows", "c:/boot.ini",
        "%c0%ae%c0%ae%c0%afetc%c0%afpasswd", "%e0%80%ae%e0%80%ae/", "%f0%80%80%ae", "%c0%80", "%ef%bc%8e%ef%bc%8e%ef%bc%8f", "%252e%252e%252fetc%252fpasswd", "....//....//etc/passwd",
        "..%00/etc/passwd", "canary.txt", "%2e%2e/canary.txt", "documents.db", "appliance.key", "secret.key",
    ];

    private static readonly string[] s_climbs = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..%255c", "%c0%ae%c0%ae/", "....//", ".%2e/", "..%c1%9c", "./.././"];
    private static readonly string[] s_targets = ["etc/passwd", "etc%2fpasswd", "appliance.key", "documents.db", "secret.key", "canary.txt", "proc/self/environ", "store/current", ""];
    private static readonly string[] s_filesContents = [Canary, "root:x:0:0", "PRIVATE KEY", "SQLite format 3", "HOME="];

    private static readonly string[] s_lines =
    [
        "GET /api/v1/hosts/..\\..\\etc\\passwd", "GET /api/v1/hosts/\u00c0\u00ae\u00c0\u00ae/etc/passwd", "GET /api/v1/hosts/x\0y", "GET ../../etc/passwd", "GET \\\\server\\share",
        "GET file:///etc/passwd", "GET /api/v1/hosts/#../../etc/passwd", "GET /api/v1/hosts/" + new string('a', 5000), "GET  /etc/passwd", "\u001b[2J /etc/passwd",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_name_reaches_a_file_and_none_makes_the_appliance_fail()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder, "canary.txt"), Canary, Cancel);
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder, "..", "canary.txt"), Canary, Cancel);
        var random = new Random(Seeded.Seed);
        var asked = s_places.SelectMany(place => NamesFor(random).Select(name => place.Replace("$", name, StringComparison.Ordinal))).ToList();
        Assert.True(asked.Count >= 2000, $"only {asked.Count} requests");
        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel }, async (path, _) => await AskAsync(daemon, path));
        Assert.Equal(200, (await daemon.SendAsync(ApplianceApi.About, null)).Status);
    }

    [Fact]
    public async Task What_no_program_would_put_into_a_request_line_reaches_no_file_either()
    {
        await using var daemon = await TestDaemon.StartAsync();
        foreach (var line in s_lines)
        {
            var answer = await RawConnection.TalkAsync(daemon, $"{line} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {daemon.Token}\r\nConnection: close\r\n\r\n");
            Assert.Matches("^(HTTP/1.1 4|$)", answer);
            Assert.DoesNotContain("root:x", answer, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> PlacesOf(ApiRoute route)
    {
        var names = route.Parameters.ToList();
        return names.Select(name => names.Aggregate(
            route.Template,
            (path, other) => path.Replace($"{{{other}}}", other == name ? "$" : new string('0', 64), StringComparison.Ordinal)));
    }

    private static IEnumerable<string> NamesFor(Random random)
    {
        var generated = Enumerable.Range(0, PerPlace - s_fixed.Length).Select(_ =>
        {
            var name = new StringBuilder(random.Next(5) == 0 ? "%2f" : "");
            var climb = s_climbs[random.Next(s_climbs.Length)];
            for (var depth = random.Next(20) == 0 ? 400 : random.Next(1, 12); depth > 0; depth--)
            {
                name.Append(random.Next(4) == 0 ? s_climbs[random.Next(s_climbs.Length)] : climb);
            }

            return name.Append(s_targets[random.Next(s_targets.Length)]).Append(random.Next(6) == 0 ? "%00.png" : "").ToString();
        });
        return [.. s_fixed, .. generated];
    }

    private static async Task AskAsync(TestDaemon daemon, string path)
    {
        var answer = await daemon.SendAsync("GET", path, daemon.Token);
        var what = string.Create(CultureInfo.InvariantCulture, $"OSDEPLOY_SEED={Seeded.Seed}: GET {path} answered {answer.Status} {answer.Text[..Math.Min(200, answer.Text.Length)]}");
        Assert.True(answer.Status < 500, what);
        Assert.All(s_filesContents, content => Assert.False(answer.Text.Contains(content, StringComparison.Ordinal), what));
    }
}
