using System.Net.Sockets;
using System.Text;
using Mono.Unix.Native;
using OsDeploy.Api.Helper;
using OsDeploy.Helper;
using Xunit;

namespace OsDeploy.Tests.Helper;

/// <summary>A helper in this process that answers this user. It runs nothing of the real verbs.</summary>
internal sealed class RunningHelper : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _log = [];
    private readonly List<(string Words, TaskCompletionSource Seen)> _awaited = [];
    private readonly Task _server;

    private RunningHelper(string socket, Func<HelperRequest, IReadOnlyList<Command>>? programsOf, TimeProvider time)
    {
        Socket = socket;
        var options = new Options(socket, Syscall.geteuid(), IsDryRun: programsOf is null);
        _server = new HelperServer(options, programsOf ?? (request => Verbs.ProgramsOf(request, hasBoardClock: true)), time, Note).RunAsync(_stop.Token);
    }

    public string Socket { get; }

    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="programsOf">Null: a dry run of the real verbs.</param>
    public static RunningHelper Start(string socket, Func<HelperRequest, IReadOnlyList<Command>>? programsOf = null, TimeProvider? time = null) =>
        new(socket, programsOf, time ?? TimeProvider.System);

    public Task CallAsync(HelperRequest request) => new HelperClient(Socket, TimeProvider.System).CallAsync(request, Cancel);

    /// <summary>A connection on which nothing is said yet.</summary>
    public async Task<NetworkStream> ConnectAsync()
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await connection.ConnectAsync(new UnixDomainSocketEndPoint(Socket), Cancel);
        return new NetworkStream(connection, ownsSocket: true);
    }

    public static async Task<HelperAnswer> AnswerAsync(Stream stream) => HelperProtocol.ParseAnswer(await HelperProtocol.ReadLineAsync(stream, Cancel));

    public static async Task<HelperAnswer> SayAsync(Stream stream, string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel);
        return await AnswerAsync(stream);
    }

    /// <summary>Ends once a line of the log holds these words.</summary>
    public Task LoggedAsync(string words)
    {
        lock (_log)
        {
            if (_log.Exists(line => line.Contains(words, StringComparison.Ordinal)))
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((words, seen));
            return seen.Task.WaitAsync(Cancel);
        }
    }

    public void Stop() => _stop.Cancel();

    public Task EndAsync() => _server.WaitAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _server;
        _stop.Dispose();
    }

    private void Note(string line)
    {
        lock (_log)
        {
            _log.Add(line);
            _awaited.FindAll(awaited => line.Contains(awaited.Words, StringComparison.Ordinal)).ForEach(awaited => awaited.Seen.TrySetResult());
        }
    }
}
