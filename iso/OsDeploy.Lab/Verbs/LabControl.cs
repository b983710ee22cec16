using System.Net.Sockets;
using System.Text;
using OsDeploy.Text;

namespace OsDeploy.Lab.Verbs;

/// <summary>
/// The socket over which other terminals use an open classroom: a line with a verb, answered by a line <c>ok</c> or <c>failed CODE</c> and text to
/// the end. Its folder is root's.
/// </summary>
internal sealed class LabControl : IDisposable
{
    private const string Ok = "ok";
    private const int Waiting = 4;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;

    private LabControl(Socket socket) => _socket = socket;

    /// <exception cref="UserErrorException"><c>lab-open</c></exception>
    public static async Task<LabControl> ListenAsync(string path, CancellationToken cancel)
    {
        if (await ConnectAsync(path, cancel) is { } other)
        {
            other.Dispose();
            throw LabErrors.AlreadyOpen();
        }

        File.Delete(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        socket.Listen(Waiting);
        return new LabControl(socket);
    }

    /// <summary>Answers until it is cancelled.</summary>
    public async Task ServeAsync(LabDesk desk, CancellationToken cancel)
    {
        while (true)
        {
            using var caller = await _socket.AcceptAsync(cancel);
            try
            {
                await AnswerAsync(caller, desk, cancel);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // It has gone away.
            }
        }
    }

    /// <summary>Asks the classroom that is open.</summary>
    /// <exception cref="UserErrorException"><c>lab-not-open</c>, or what the classroom answers</exception>
    public static async Task<string> AskAsync(string path, IEnumerable<string> words, CancellationToken cancel)
    {
        using var socket = await ConnectAsync(path, cancel) ?? throw LabErrors.NotOpen();
        await socket.SendAsync(Encoding.UTF8.GetBytes(string.Join(' ', words) + "\n"), cancel);
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        var head = await reader.ReadLineAsync(cancel);
        var text = await reader.ReadToEndAsync(cancel);
        var lines = text.Split('\n', 2);
        return head == Ok ? text : throw new UserErrorException((head ?? "").Split(' ').Last(), Printable.Of(lines[0], text.Length), Printable.Of(lines.ElementAtOrDefault(1) ?? "", text.Length));
    }

    public void Dispose() => _socket.Dispose();

    private static async Task<Socket?> ConnectAsync(string path, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private static async Task AnswerAsync(Socket caller, LabDesk desk, CancellationToken cancel)
    {
        await using var stream = new NetworkStream(caller);
        using var reader = new StreamReader(stream);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_patience);
        string answer;
        try
        {
            var line = await reader.ReadLineAsync(patience.Token) ?? "";
            answer = $"{Ok}\n{await desk.DoAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), cancel)}";
        }
        catch (UserErrorException e)
        {
            answer = $"failed {e.Code}\n{e.Message}\n{e.Hint}";
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            answer = $"failed lab-fault\n{e.Message}\n";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return;
        }

        // Whoever has asked for the end hears that it comes.
        using var farewell = new CancellationTokenSource(s_patience);
        await caller.SendAsync(Encoding.UTF8.GetBytes(answer), farewell.Token);
    }
}
