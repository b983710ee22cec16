using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OsDeploy.Api;
using Xunit;

namespace OsDeploy.Tests.Api;

public sealed class TrustTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://appliance.school.example", null)]
    [InlineData("https://192.0.2.7:8443/", null)]
    [InlineData("http://127.0.0.1:8080", null)]
    [InlineData("http://[::1]:8080", null)]
    [InlineData("http://localhost", null)]
    [InlineData("http://192.0.2.7", "store-plain-http")]
    [InlineData("http://127.0.0.2", null)]
    [InlineData("http://0.0.0.0", "store-plain-http")]
    [InlineData("http://localhost.school.example", "store-plain-http")]
    [InlineData("http://127.0.0.1.school.example", "store-plain-http")]
    [InlineData("https://appliance/store", "store-address")]
    [InlineData("https://appliance/?a=b", "store-address")]
    [InlineData("https://user:word@appliance", "store-address")]
    [InlineData("https://", "store-address")]
    [InlineData("http:// x", "store-address")]
    public async Task A_url_is_taken_only_if_nobody_can_listen_in(string url, string? code)
    {
        var refusal = await Record.ExceptionAsync(async () => await (await StoreAddress.OpenAsync(url, create: false, TimeProvider.System, _ => new ConnectionOptions(), Cancel)).DisposeAsync());
        Assert.Equal(code, (refusal as UserErrorException)?.Code);
    }

    [Fact]
    public async Task A_server_with_the_pinned_key_is_trusted_whatever_its_dates_and_names_say()
    {
        using var certificate = NewCertificate();
        await using var server = await StoreServer.StartAsync(
            app => app.MapGet(StoreApi.ListVersions.Template, context => context.Response.WriteAsync("[]", Cancel)), certificate: certificate);
        await using var store = new HttpImageStore(server.Url, new JumpingTime(), new ConnectionOptions { ServerKey = ServerKey.Of(certificate) });
        Assert.Empty(await store.ListAsync(Cancel));
    }

    [Fact]
    public async Task A_server_with_another_key_is_refused_at_once_and_hears_no_request()
    {
        using var certificate = NewCertificate();
        using var other = NewCertificate();
        var asked = false;
        await using var server = await StoreServer.StartAsync(
            app => app.Use(_ => context =>
            {
                asked = true;
                return Task.CompletedTask;
            }),
            certificate: certificate);
        foreach (var key in new ServerKey?[] { ServerKey.Of(other), null })
        {
            var time = new JumpingTime();
            await using var store = new HttpImageStore(server.Url, time, new ConnectionOptions { ServerKey = key });
            var refusal = await Assert.ThrowsAsync<UserErrorException>(() => store.ListAsync(Cancel));
            Assert.Equal("store-not-trusted", refusal.Code);
            Assert.Empty(time.Jumps);
        }

        Assert.False(asked);
    }

    [Fact]
    public void A_fingerprint_is_read_as_people_write_it()
    {
        using var certificate = NewCertificate();
        var key = ServerKey.Of(certificate);
        var withColons = string.Join(':', key.ToString().ToUpperInvariant().Chunk(2).Select(pair => new string(pair)));
        Assert.True(ServerKey.TryParse(withColons, out var read));
        Assert.Equal(key, read);
        Assert.False(ServerKey.TryParse(withColons[..^1], out _));
        Assert.False(ServerKey.TryParse(null, out _));
    }

    // Long expired, and for no host at all.
    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=osdeploy", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
    }
}
