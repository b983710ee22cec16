using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>Bodies nobody would send, and connections that hold on to what they have.</summary>
public sealed class AbuseTests
{
    private const int SlowConnections = 200;

    private static readonly TimeSpan s_prompt = TimeSpan.FromMilliseconds(500);
    private static readonly string[] s_wrong = ["null", "true", "-1", "1e400", "9223372036854775808", "\"\\u0000\"", "\"\"", "[]", "[null]", "{}"];
    private static readonly string[] s_wrongBodies = ["", "null", "[]", "5", "\"x\"", "true", "{", "{}}", "\u00ff", "{\"a\":1,\"a\":"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_over_the_limit_of_its_route_is_refused_before_it_is_read()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var (agent, _) = await PrepareAsync(daemon);
        foreach (var route in ApiTable.All.Where(route => route != AccountApi.Logout))
        {
            var answer = await RawConnection.TalkAsync(daemon, HeadOf(route, route.Access.Operator is null ? agent.Token : daemon.Token, route.MaxBody + 1));
            var expected = route.MaxBody > 0 ? "^HTTP/1.1 413 " : "^HTTP/1.1 [24]";
            Assert.True(System.Text.RegularExpressions.Regex.IsMatch(answer, expected), $"{route.Method} {route.Template}: {answer}");
        }
    }

    [Fact]
    public async Task What_is_said_about_a_body_does_not_matter_what_it_is_does()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"hosts\":[", 5000));
        Assert.Equal(400, (await daemon.SendAsync(HostApi.Add, daemon.Token, Encoding.ASCII.GetBytes(deep))).Status);
        Assert.Equal(400, (await daemon.SendAsync(HostApi.AddRoom, daemon.Token, "{\"name\":\"r1\",\"name\":\"r2\"}"u8.ToArray())).Status);
        var head = $"POST /api/v1/rooms HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {daemon.Token}\r\n";
        Assert.StartsWith("HTTP/1.1 400 ", await RawConnection.TalkAsync(daemon, head + "\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await RawConnection.TalkAsync(daemon, head + "Content-Length: 13\r\n\r\n{\"name\":\"r1\"}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 ", await RawConnection.TalkAsync(daemon, head + "Content-Length: 13\r\nContent-Length: 14\r\n\r\n{\"name\":\"r2\"}"), StringComparison.Ordinal);
        var many = string.Concat(Enumerable.Range(0, 10_000).Select(number => string.Create(CultureInfo.InvariantCulture, $"X{number}: y\r\n")));
        Assert.Matches("^(HTTP/1.1 431 |$)", await RawConnection.TalkAsync(daemon, head + many + "\r\n"));
        Assert.Equal(["r1"], (await daemon.Admin.CallAsync(HostApi.ListRooms, Cancel)).Select(room => room.Room.Name));
    }

    [Fact]
    public void Every_route_with_a_json_body_is_tried() =>
        Assert.Empty(ApiTable.All.Where(route => route.BodyType is not null).Except(TypedBody.AllFor("1").Select(body => body.Route)));

    [Fact]
    public async Task What_is_no_body_of_a_route_is_answered_with_400()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var (agent, job) = await PrepareAsync(daemon);
        foreach (var good in TypedBody.AllFor(job))
        {
            foreach (var wrong in s_wrongBodies)
            {
                var answer = await SendAsync(daemon, agent, good, Encoding.Latin1.GetBytes(wrong));
                Assert.True(answer.Status == 400, $"{good.Route.Method} {good.Route.Template} took \"{wrong}\": {answer.Status} {answer.Text}");
            }
        }
    }

    [Fact]
    public async Task Damaged_bodies_are_answered_and_never_with_a_fault()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var (agent, job) = await PrepareAsync(daemon);
        foreach (var good in TypedBody.AllFor(job))
        {
            await Seeded.CasesAsync(good.Cases, random => HoldAsync(daemon, agent, good, Mutation.Of(good.Body, random)));
        }

        Assert.Null((await daemon.Admin.AskAsync(AccountApi.Audit, "check=true", Cancel)).BrokenAt);
    }

    [Fact]
    public async Task Values_of_wrong_types_are_answered_and_never_with_a_fault()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var (agent, job) = await PrepareAsync(daemon);
        foreach (var good in TypedBody.AllFor(job))
        {
            // The same value in the same place says nothing twice: a route that hashes passwords is tried with fewer.
            var wrongs = s_wrong.Take(good.Cases > s_wrong.Length ? s_wrong.Length : 3);
            foreach (var body in wrongs.SelectMany(wrong => WithWrong(good.Body, wrong)))
            {
                await HoldAsync(daemon, agent, good, body);
            }
        }

        Assert.Null((await daemon.Admin.AskAsync(AccountApi.Audit, "check=true", Cancel)).BrokenAt);
    }

    [Fact]
    public async Task Two_hundred_connections_that_drip_do_not_hold_up_an_agent()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = await daemon.MeetAsync(1);
        var slow = new List<RawConnection>();
        try
        {
            for (var i = 0; i < SlowConnections; i++)
            {
                var connection = await RawConnection.OpenAsync(daemon);
                slow.Add(connection);
                await connection.SendAsync(i % 2 == 0 ? "POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: 400\r\n\r\n{" : "GET /api/v1/about HTTP/1.1\r\nHo");
            }

            var times = new List<TimeSpan>();
            for (var poll = 0; poll < 15; poll++)
            {
                foreach (var connection in slow)
                {
                    await connection.SendAsync("x");
                }

                var watch = Stopwatch.StartNew();
                await agent.PollAsync();
                times.Add(watch.Elapsed);
            }

            // The middle one: what else runs on the machine may hold up a single poll.
            Assert.True(times.Order().ElementAt(times.Count / 2) < s_prompt, $"polls took {string.Join(", ", times)}");
        }
        finally
        {
            foreach (var connection in slow)
            {
                await connection.DisposeAsync();
            }
        }
    }

    private static async Task<(TestAgent Agent, string Job)> PrepareAsync(TestDaemon daemon)
    {
        await daemon.AddRoomAsync("r101");
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("win11"), Cancel);
        await daemon.AddHostAsync(1, "pc01", "r101");
        var agent = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await agent.TakeJobAsync();
        var lease = TypedBody.AllFor(job).Single(body => body.Route == StoreApi.KeepLease);
        Assert.Equal(204, (await daemon.SendAsync(lease.Route, daemon.Token, lease.Body, lease.Values)).Status);
        return (agent, job);
    }

    private static string HeadOf(ApiRoute route, string token, long length)
    {
        var path = route.PathOf([.. route.Parameters.Select(name => name is "lease" ? new string('a', 32) : new string('0', 64))]);
        var body = route.MaxBody > 0 ? "" : new string('x', (int)length);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{route.Method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n{body}");
    }

    private static Task<Answer> SendAsync(TestDaemon daemon, TestAgent agent, TypedBody good, byte[] body) =>
        daemon.SendAsync(good.Route, good.Route.Access.Operator is null ? agent.Token : daemon.Token, body, good.Values);

    private static async Task HoldAsync(TestDaemon daemon, TestAgent agent, TypedBody good, byte[] body)
    {
        var answer = await SendAsync(daemon, agent, good, body);
        var what = $"{good.Route.Method} {good.Route.Template} with {Encoding.UTF8.GetString(body)} answered {answer.Status} {answer.Text}";

        // 503: the helper that would set clock and power is not there.
        Assert.True(answer.Status < 500 || (answer.Status == 503 && answer.Text.Contains("helper-missing", StringComparison.Ordinal)), what);
        if (answer.Status >= 400)
        {
            var problem = JsonSerializer.Deserialize(answer.Body, ApiJson.Default.Problem);
            Assert.True(problem is { Code.Length: > 0, Hint.Length: > 0 } && problem.Status == answer.Status, what);
        }
    }

    /// <summary>The body with one of its values replaced, for each of its values.</summary>
    private static IEnumerable<byte[]> WithWrong(byte[] good, string wrong)
    {
        var count = Values(JsonNode.Parse(good)!).Count();
        for (var i = 0; i < count; i++)
        {
            var copy = JsonNode.Parse(good)!;
            Values(copy).ElementAt(i)(wrong);

            // What no parser of a document could hold is written as text: 1e400 is a number in JSON and in no machine.
            yield return Encoding.UTF8.GetBytes(copy.ToJsonString().Replace("\"@@\"", wrong, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<Action<string>> Values(JsonNode node) => node switch
    {
        JsonObject one => one.ToList().SelectMany(pair => Inner(pair.Value).Prepend(_ => one[pair.Key] = "@@")),
        JsonArray many => Enumerable.Range(0, many.Count).SelectMany(i => Inner(many[i]).Prepend(_ => many[i] = "@@")),
        _ => [],
    };

    private static IEnumerable<Action<string>> Inner(JsonNode? node) => node is null ? [] : Values(node);
}
