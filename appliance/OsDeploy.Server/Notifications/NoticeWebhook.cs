using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OsDeploy.Api.Notifications;

namespace OsDeploy.Server.Notifications;

/// <summary>What another program is told.</summary>
internal sealed record WebhookDocument(string Appliance, DateTimeOffset At, IReadOnlyList<Notice> Notices);

/// <summary>Posts notices as one signed JSON document.</summary>
internal sealed class NoticeWebhook : IDisposable
{
    // No redirects: whoever is set gets it, and nobody else. No proxy of the environment either.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    /// <exception cref="HttpRequestException">It is not there, or does not take it.</exception>
    public async Task SendAsync(WebhookSettings settings, WebhookDocument document, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(document, NotificationJson.Default.WebhookDocument);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Url)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSettings.SignatureHeader, "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(settings.Key), body)));
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"it answers {(int)answer.StatusCode}"));
        }
    }

    public void Dispose() => _http.Dispose();
}
