using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OsDeploy.Tests.Notifications;

/// <summary>What came by one mail.</summary>
/// <param name="Data">Lines between DATA and the dot, as they came.</param>
internal sealed record ReceivedMail(string From, IReadOnlyList<string> To, IReadOnlyList<string> Data)
{
    public IReadOnlyList<string> Headers => [.. Data.TakeWhile(line => line.Length > 0)];

    /// <summary>Of a body in quoted-printable or base64.</summary>
    public string Text
    {
        get
        {
            var body = Data.SkipWhile(line => line.Length > 0).Skip(1).ToList();
            return Headers.Any(line => line.EndsWith("base64", StringComparison.Ordinal))
                ? Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(body)))
                : Quoted(string.Concat(body.Select(line => line.EndsWith('=') ? line[..^1] : line + "\n")));
        }
    }

    private static string Quoted(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}

/// <summary>A server that takes mail on the loopback (RFC 5321), as far as a client needs one.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;

    /// <param name="certificate">Offers STARTTLS with it; null: does not.</param>
    public MailServer(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }

    public ConcurrentQueue<ReceivedMail> Mails { get; } = [];

    /// <summary>Every line that a client has said.</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    /// <summary>Answers RCPT with it.</summary>
    public string ToReceivers { get; set; } = "250 ok";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        try
        {
            await SayAsync(stream, "220 test");
            var (from, to) = ("", new List<string>());
            while (await LineAsync(stream) is { } line)
            {
                switch (line.Split([' ', ':'])[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await SayAsync(stream, _certificate is null ? "250-test\r\n250 AUTH LOGIN" : "250-test\r\n250 STARTTLS");
                        break;
                    case "STARTTLS":
                        await SayAsync(stream, "220 go on");
                        var secured = new SslStream(stream);
                        await secured.AuthenticateAsServerAsync(_certificate!);
                        stream = secured;
                        break;
                    case "AUTH":
                        await LogInAsync(stream, line);
                        break;
                    case "MAIL":
                        (from, to) = (line, []);
                        await SayAsync(stream, "250 ok");
                        break;
                    case "RCPT":
                        to.Add(line);
                        await SayAsync(stream, ToReceivers);
                        break;
                    case "DATA":
                        await SayAsync(stream, "354 go on");
                        Mails.Enqueue(new ReceivedMail(from, to, await DataAsync(stream)));
                        await SayAsync(stream, "250 taken");
                        break;
                    case "QUIT":
                        await SayAsync(stream, "221 bye");
                        return;
                    default:
                        await SayAsync(stream, "500 what");
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client has gone.
        }
    }

    // AUTH LOGIN, with the name behind it or not.
    private async Task LogInAsync(Stream stream, string line)
    {
        if (line.Split(' ').Length < 3)
        {
            await SayAsync(stream, "334 VXNlcm5hbWU6");
            await LineAsync(stream);
        }

        await SayAsync(stream, "334 UGFzc3dvcmQ6");
        await LineAsync(stream);
        await SayAsync(stream, "235 welcome");
    }

    private async Task<List<string>> DataAsync(Stream stream)
    {
        var lines = new List<string>();
        while (await LineAsync(stream) is { } line && line != ".")
        {
            lines.Add(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line);
        }

        return lines;
    }

    private async Task<string?> LineAsync(Stream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            if (one[0] == '\n')
            {
                var line = text.ToString().TrimEnd('\r');
                Heard.Enqueue(line);
                return line;
            }

            text.Append((char)one[0]);
        }

        return null;
    }

    private Task SayAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), _stop.Token).AsTask();
}
