using System.Globalization;
using System.Net.Sockets;
using System.Net;
using System.Text.Json;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OsDeploy.Api;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Api;

public sealed class HostileRequestTests
{
    private static readonly string s_lease = new('a', 32);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bodies_over_the_limit_of_their_route_are_refused()
    {
        await using var appliance = await TestAppliance.StartAsync();
        var id = ChunkId.Of([]).ToString();
        foreach (var (route, path) in new[]
        {
            (StoreApi.WriteChunk, StoreApi.WriteChunk.PathOf(id)),
            (StoreApi.HasChunks, StoreApi.HasChunks.PathOf()),
            (StoreApi.KeepLease, StoreApi.KeepLease.PathOf(s_lease)),
            (StoreApi.Prune, StoreApi.Prune.PathOf()),
        })
        {
            var head = $"{route.Method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {(route.MaxBody + 1).ToString(CultureInfo.InvariantCulture)}\r\n\r\n";
            Assert.StartsWith("HTTP/1.1 413 ", await TalkAsync(appliance.Port, head), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_in_pieces_is_cut_off_at_the_limit_too()
    {
        await using var appliance = await TestAppliance.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(appliance.Url) };
        using var request = new HttpRequestMessage(HttpMethod.Post, StoreApi.HasChunks.PathOf())
        {
            Content = new ByteArrayContent(new byte[StoreApi.HasChunks.MaxBody + ChunkId.Size]),
        };
        request.Headers.TransferEncodingChunked = true;
        var code = await CodeOfAsync(await http.SendAsync(request, Cancel));
        Assert.Equal("request-too-large", code);
    }

    [Fact]
    public async Task A_body_that_trickles_is_dropped()
    {
        await using var appliance = await TestAppliance.StartAsync();
        await using var server = await StoreServer.StartAsync(
            app => app.MapStore(appliance.Store), bodyRate: new MinDataRate(1000, TimeSpan.FromSeconds(1.1)));
        var head = $"PUT {StoreApi.WriteChunk.PathOf(ChunkId.Of([]).ToString())} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\nx";
        Assert.StartsWith("HTTP/1.1 408 ", await TalkAsync(server.Port, head), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/chunks/..%2f..%2fetc%2fpasswd")]
    [InlineData("GET", "/chunks/0123")]
    [InlineData("GET", "/versions/../manifest")]
    [InlineData("GET", "/versions/%00/manifest")]
    [InlineData("GET", "/indexes/zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("PUT", "/leases/%2e%2e")]
    [InlineData("PUT", "/leases/%2e%2e%2f")]
    [InlineData("DELETE", "/leases/-1")]
    [InlineData("DELETE", "/chunks/0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("PATCH", "/versions")]
    public async Task Ids_that_are_none_and_methods_that_are_none_are_refused(string method, string path)
    {
        await using var appliance = await TestAppliance.StartAsync();
        var answer = await TalkAsync(appliance.Port, $"{method} /api/v1/store{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        Assert.Matches("^HTTP/1.1 40[045] ", answer);
    }

    [Fact]
    public async Task Random_lists_of_ids_are_answered_or_refused()
    {
        await using var appliance = await TestAppliance.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(appliance.Url) };
        await Seeded.CasesAsync(300, async random =>
        {
            var body = new byte[random.Next(4) == 0 ? random.Next(8) * ChunkId.Size : random.Next(200)];
            random.NextBytes(body);
            using var answer = await http.PostAsync(new Uri(StoreApi.HasChunks.PathOf(), UriKind.Relative), new ByteArrayContent(body), Cancel);
            if (body.Length % ChunkId.Size == 0)
            {
                Assert.Equal(new byte[body.Length / ChunkId.Size], await answer.Content.ReadAsByteArrayAsync(Cancel));
            }
            else
            {
                Assert.Equal("request-malformed", await CodeOfAsync(answer));
            }
        });
    }

    [Fact]
    public async Task Mutated_commits_publish_a_whole_version_or_are_refused()
    {
        await using var appliance = await TestAppliance.StartAsync();
        await using var store = appliance.Connect();
        var image = SampleImage.Of([1, 2]);
        await image.StoreAsync(store, Cancel);
        var good = JsonSerializer.SerializeToUtf8Bytes(new CommitRequest(image.Manifest, MakeCurrent: true), ApiJson.Default.CommitRequest);
        using var http = new HttpClient { BaseAddress = new Uri(appliance.Url) };
        var commit = new Uri(StoreApi.Commit.PathOf(s_lease), UriKind.Relative);
        await Seeded.CasesAsync(500, async random =>
        {
            await PutLeaseAsync(http);
            using var answer = await http.PostAsync(commit, new ByteArrayContent(Mutate(good, random)), Cancel);
            Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}");
            Assert.True(answer.IsSuccessStatusCode || await CodeOfAsync(answer) is { Length: > 0 });
        });
        foreach (var version in await store.ListAsync(Cancel))
        {
            Manifest.Parse(await store.ReadManifestAsync(version.Version, Cancel));
        }
    }

    private static async Task PutLeaseAsync(HttpClient http)
    {
        var body = JsonSerializer.Serialize(new LeaseRequest(ImageKind.Image, ImageName.Parse("lab")), ApiJson.Default.LeaseRequest);
        using var answer = await http.PutAsync(new Uri(StoreApi.KeepLease.PathOf(s_lease), UriKind.Relative), new StringContent(body), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static byte[] Mutate(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at - 1));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                default:
                    bytes.InsertRange(at, "[{\"\\u0000null-1e99"u8[..random.Next(1, 18)].ToArray());
                    break;
            }
        }

        return [.. bytes];
    }

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer)
    {
        Assert.Equal(Problem.MediaType, answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(Cancel), ApiJson.Default.Problem);
        Assert.NotNull(problem);
        Assert.Equal((int)answer.StatusCode, problem.Status);
        Assert.NotEmpty(problem.Hint);
        return problem.Code;
    }

    // Sends bytes no well-behaved client would and returns what comes back first.
    private static async Task<string> TalkAsync(int port, string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, Cancel);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), Cancel);
        var answer = new byte[4096];
        return Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer, Cancel));
    }
}
