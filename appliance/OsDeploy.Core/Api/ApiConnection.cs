using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OsDeploy.Api;

/// <summary>
/// Up to four keep-alive HTTP/1.1 connections to one server, and the patience to ask again. Every request is idempotent,
/// so all are repeated after a broken connection, a lost answer, 408, 429, 503 and a 5xx that does not come from the store itself.
/// </summary>
internal sealed class ApiConnection : IDisposable
{
    // Four saturate a gigabit link and the loopback alike; more cost the server memory for nothing.
    private const int MaxConnections = 4;
    private const int MaxJson = 64 << 20;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly ConnectionOptions _options;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _http;
    private volatile bool _hasAnswered;
    private volatile string? _token;

    /// <exception cref="UserErrorException"><c>store-address</c>, <c>store-plain-http</c></exception>
    public ApiConnection(string address, TimeProvider time, ConnectionOptions options)
    {
        (_time, _options, _token) = (time, options, options.Token);
        var socket = StoreAddress.SocketOf(address);
        var url = socket is null ? StoreAddress.ParseUrl(address) : new Uri("http://localhost/");
        Address = socket is null ? url.GetLeftPart(UriPartial.Authority) : address;
        _handler = NewHandler(options, socket);
        _http = new HttpClient(_handler, disposeHandler: false) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
    }

    public string Address { get; }

    // A person who asks once is told the server's own reason instead.
    private bool WillAskAgain => _options.GiveUpAfter > TimeSpan.Zero;

    /// <summary>Asks, and asks again with growing pauses while the server is away.</summary>
    /// <param name="body">Called once per attempt.</param>
    /// <param name="accepts">Statuses beside the successes that <paramref name="read"/> understands.</param>
    /// <exception cref="UserErrorException">The store's own refusal; <c>store-unreachable</c>, <c>store-not-trusted</c>, <c>store-answer</c>.</exception>
    public async Task<T> SendAsync<T>(
        ApiRoute route,
        string path,
        Func<HttpContent?>? body,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancel,
        HttpStatusCode? accepts = null)
    {
        var pause = s_firstPause;
        long? lostSince = null;
        while (true)
        {
            try
            {
                var answer = await TrySendAsKnownAsync(route, path, body, read, accepts, cancel);
                if (lostSince is not null)
                {
                    _options.Away?.Invoke(TimeSpan.Zero);
                }

                return answer;
            }
            catch (IOException e)
            {
                lostSince ??= _time.GetTimestamp();
                var limit = _hasAnswered ? _options.GiveUpAfter : _options.GiveUpFirstContactAfter;
                var away = _time.GetElapsedTime(lostSince.Value);
                if (away >= limit)
                {
                    throw Errors.StoreUnreachable(Address, limit, e);
                }

                _options.Away?.Invoke(away);
            }

            await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() / 2)), _time, cancel);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    /// <summary>Sends a request whose success has nothing to say.</summary>
    public Task DoAsync(ApiRoute route, string path, Func<HttpContent?>? body, CancellationToken cancel) =>
        SendAsync(route, path, body, (_, _) => Task.FromResult(true), cancel);

    public Task<T> GetJsonAsync<T>(ApiRoute route, string path, Func<HttpContent?>? body, JsonTypeInfo<T> type, CancellationToken cancel) =>
        SendAsync(route, path, body, (answer, cancel) => ReadJsonAsync(answer, type, cancel), cancel);

    /// <summary>Sends a request once and does not mind if it fails.</summary>
    public async Task TryOnceAsync(ApiRoute route, string path)
    {
        try
        {
            await TrySendAsync(route, path, body: null, (_, _) => Task.FromResult(true), accepts: null, CancellationToken.None);
        }
        catch (IOException)
        {
            // The server ends by itself what an agent that is gone left behind.
        }
        catch (UserErrorException)
        {
            // As above.
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    // A server that was restarted may have forgotten who asks; work of hours must not end by that.
    private async Task<T> TrySendAsKnownAsync<T>(
        ApiRoute route, string path, Func<HttpContent?>? body, Func<HttpResponseMessage, CancellationToken, Task<T>> read, HttpStatusCode? accepts, CancellationToken cancel)
    {
        var token = _token;
        try
        {
            return await TrySendAsync(route, path, body, read, accepts, cancel);
        }
        catch (UserErrorException e) when (e.Code == "agent-unknown" && _options.Renew is not null)
        {
            _token = await _options.Renew(token, cancel);
            return await TrySendAsync(route, path, body, read, accepts, cancel);
        }
    }

    /// <exception cref="IOException">No answer, or half of one: worth another attempt.</exception>
    private async Task<T> TrySendAsync<T>(
        ApiRoute route, string path, Func<HttpContent?>? body, Func<HttpResponseMessage, CancellationToken, Task<T>> read, HttpStatusCode? accepts, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(route.Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), path) { Content = body?.Invoke() };
        request.Headers.Authorization = _token is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            _hasAnswered = true;
            return answer.IsSuccessStatusCode || answer.StatusCode == accepts
                ? await read(answer, either.Token)
                : throw await RefusalAsync(answer, either.Token);
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException)
        {
            throw Errors.StoreNotTrusted(Address, _options.ServerKey, e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw Errors.StoreAnswer(Address, "more than can be true", e);
        }
        catch (HttpRequestException e)
        {
            throw new IOException(e.Message, e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new IOException("no answer came in time", e);
        }
        catch (JsonException e)
        {
            throw Errors.StoreAnswer(Address, "text that is not of this API", e);
        }
    }

    private async Task<Exception> RefusalAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var problem = await ReadProblemAsync(answer, cancel);
        var status = $"{(int)answer.StatusCode}";
        return answer.StatusCode switch
        {
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable when problem is null || WillAskAgain =>
                new IOException("it answered " + status),
            >= HttpStatusCode.InternalServerError when problem is null => new IOException("it answered " + status),
            _ => problem is null ? Errors.StoreAnswer(Address, status) : Errors.FromStore(problem),
        };
    }

    /// <returns>Null if the answer is not a problem of this API.</returns>
    public static async Task<Problem?> ReadProblemAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentType?.MediaType != Problem.MediaType)
        {
            return null;
        }

        try
        {
            return await ReadJsonAsync(answer, ApiJson.Default.Problem, cancel);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="limit">A longer answer is refused.</param>
    public static async Task<byte[]> ReadBytesAsync(HttpResponseMessage answer, long limit, CancellationToken cancel)
    {
        await answer.Content.LoadIntoBufferAsync(limit, cancel);
        return await answer.Content.ReadAsByteArrayAsync(cancel);
    }

    private static async Task<T> ReadJsonAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancel) =>
        JsonSerializer.Deserialize(await ReadBytesAsync(answer, MaxJson, cancel), type) ?? throw new JsonException("The answer is empty.");

    private static SocketsHttpHandler NewHandler(ConnectionOptions options, string? socket)
    {
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = MaxConnections,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = socket is null ? ConnectAsync : (_, cancel) => ConnectAsync(socket, cancel),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        };
        if (options.ServerKey is { } key)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is X509Certificate2 shown && ServerKey.Of(shown) == key;
        }

        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Keep-alive probes find a server whose cable was pulled while it owes an answer that may take minutes.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
