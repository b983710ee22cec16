using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Hosts;
using Xunit;

namespace OsDeploy.Tests.Daemons;

public sealed class EventTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_arrive_in_their_order_and_a_reader_goes_on_where_it_was()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var first = await Reader.OpenAsync(daemon, daemon.Token);
        await daemon.AddRoomAsync("r101");
        var host = await daemon.AddHostAsync(1, "pc01", "r101");
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Notes: "n"), Cancel, "pc01");
        await daemon.Admin.CallAsync(HostApi.Delete, Cancel, "pc01");
        List<Event> seen = [await first.NextAsync(), await first.NextAsync(), await first.NextAsync(), await first.NextAsync()];
        Assert.Equal(["room", "host", "host", "host"], seen.Select(one => one.Kind));
        Assert.Equal([false, false, false, true], seen.Select(one => one.IsDeleted));
        Assert.All(seen.Skip(1), one => Assert.Equal(host.Host.Id, one.Id));
        Assert.Equal(seen.OrderBy(one => one.Number), seen);

        await using var again = await Reader.OpenAsync(daemon, daemon.Token, seen[1].Number);
        Assert.Equal(seen.Skip(2), [await again.NextAsync(), await again.NextAsync()]);
        await daemon.AddRoomAsync("r102");
        Assert.Equal(await first.NextAsync(), await again.NextAsync());
    }

    [Fact]
    public async Task The_stream_of_a_session_that_was_logged_out_tells_nothing_more_and_ends()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var session = await daemon.AddOperatorAsync("vera", Role.Viewer);
        await using var reader = await Reader.OpenAsync(daemon, session);
        await daemon.As(session).CallAsync(AccountApi.Logout, Cancel);
        await daemon.AddRoomAsync("r101");
        Assert.Equal("", await reader.RestAsync());
    }

    [Fact]
    public async Task The_stream_of_a_disabled_account_ends_although_nothing_happens()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        await using var reader = await Reader.OpenAsync(daemon, await daemon.AddOperatorAsync("vera", Role.Viewer));
        await daemon.Admin.CallAsync(AccountApi.Change, new OperatorChange(IsDisabled: true), Cancel, "vera");
        var rest = reader.RestAsync();
        while (!rest.IsCompleted)
        {
            clock.Pass(TimeSpan.FromSeconds(15));
            await daemon.SendAsync(ApplianceApi.About, null); // whatever beat the timer, the next heartbeat looks
        }

        Assert.DoesNotContain("data:", await rest, StringComparison.Ordinal);
    }

    private sealed class Reader : IAsyncDisposable
    {
        private readonly HttpResponseMessage _answer;
        private readonly StreamReader _lines;

        private Reader(HttpResponseMessage answer, StreamReader lines) => (_answer, _lines) = (answer, lines);

        /// <summary>Returns once it is heard.</summary>
        public static async Task<Reader> OpenAsync(TestDaemon daemon, string token, long? after = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(daemon.Url, ApplianceApi.Events.PathOf()));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (after is { } number)
            {
                request.Headers.Add("Last-Event-ID", number.ToString(CultureInfo.InvariantCulture));
            }

            var answer = await daemon.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
            var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
            Assert.Equal(": hello", await lines.ReadLineAsync(Cancel));
            Assert.Equal("", await lines.ReadLineAsync(Cancel));
            return new Reader(answer, lines);
        }

        public async Task<Event> NextAsync()
        {
            while (await _lines.ReadLineAsync(Cancel).AsTask().WaitAsync(s_patience, Cancel) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    return JsonSerializer.Deserialize(line["data: ".Length..], ApiJson.Default.Event)!;
                }
            }

            throw new InvalidOperationException("The stream has ended.");
        }

        /// <summary>What still comes until it ends.</summary>
        public Task<string> RestAsync() => _lines.ReadToEndAsync(Cancel).WaitAsync(s_patience, Cancel);

        public ValueTask DisposeAsync()
        {
            _lines.Dispose();
            _answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
