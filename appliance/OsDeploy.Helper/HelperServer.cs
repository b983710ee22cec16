using System.Net.Sockets;
using OsDeploy.Api;
using OsDeploy.Api.Helper;
using OsDeploy.Helper.Systems;
using OsDeploy.Text;

namespace OsDeploy.Helper;

/// <summary>Answers the socket, and writes every call and its end to the log.</summary>
/// <param name="programsOf">What a request runs, in order.</param>
/// <param name="log">Takes one line, from any thread.</param>
/// <param name="network">Null: a helper without them.</param>
/// <param name="appliance">As above.</param>
/// <param name="mirror">Where users of the system are written; null: nowhere.</param>
/// <param name="systems">As above.</param>
internal sealed class HelperServer(
    Options options,
    Func<HelperRequest, IReadOnlyList<Command>> programsOf,
    TimeProvider time,
    Action<string> log,
    NetworkVerbs? network = null,
    ApplianceVerbs? appliance = null,
    OperatorFile? mirror = null,
    SystemDesk? systems = null)
{
    private const int MaxLogged = 600;

    private readonly List<Task> _open = [];

    /// <summary>Until <paramref name="stop"/>; then the socket is gone and what was being done is over.</summary>
    /// <exception cref="UserErrorException"><c>socket-in-use</c>, <c>socket-not-made</c></exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using (var door = Doorway.Open(options.Socket, options.AllowedUser))
        {
            Log($"listening at {options.Socket}{(options.IsDryRun ? ", doing nothing (--dry-run)" : "")}");
            await AcceptAsync(door, stop);
        }

        await Task.WhenAll(_open);
        Log("stopped");
    }

    private async Task AcceptAsync(Socket door, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var connection = await door.AcceptAsync(stop);
                _open.RemoveAll(task => task.IsCompleted);
                _open.Add(ServeAsync(connection, isBusy: _open.Count >= HelperProtocol.MaxConnections, stop));
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private async Task ServeAsync(Socket connection, bool isBusy, CancellationToken stop)
    {
        var peer = "unknown caller";
        try
        {
            await using var stream = new NetworkStream(connection, ownsSocket: true);
            var who = Peer.Of(connection);
            peer = who.ToString();
            var answer = await AnswerAsync(stream, who, isBusy, stop);

            // A line always fits in the socket's buffer: nobody can make this wait.
            await stream.WriteAsync(HelperProtocol.LineOf(answer), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            Log($"{peer}: went away: {e.Message}");
        }
    }

    private async Task<HelperAnswer> AnswerAsync(NetworkStream stream, Peer peer, bool isBusy, CancellationToken stop)
    {
        try
        {
            Admit(peer, isBusy);
            return await DoAsync(stream, peer, stop);
        }
        catch (UserErrorException e)
        {
            Log($"{peer}: {e.Message} [{e.Code}]");
            return HelperAnswer.Refused(e);
        }
#pragma warning disable CA1031 // The top loop: a fault in one request must not end the service of root for all others.
        catch (Exception e) when (e is not IOException)
#pragma warning restore CA1031
        {
            Log($"{peer}: fault: {e}");
            return HelperAnswer.Refused(Errors.Fault(e));
        }
    }

    private void Admit(Peer peer, bool isBusy)
    {
        if (peer.User != 0 && peer.User != options.AllowedUser)
        {
            throw Errors.CallerNotAllowed(peer);
        }

        if (isBusy)
        {
            throw Errors.Busy();
        }
    }

    // The first start is root's. A daemon that somebody has taken over must not erase disks or plant a second volume.
    private static void Admit(HelperRequest request, Peer peer)
    {
        if (peer.User != 0 && (ApplianceVerbs.IsOfFirstStart(request) || SystemDesk.IsForRoot(request) || request is DaemonStartRequest))
        {
            throw Errors.VerbNotAllowed(peer);
        }
    }

    private async Task<HelperAnswer> DoAsync(NetworkStream stream, Peer peer, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(HelperProtocol.Deadline, time);
        var limit = HelperProtocol.Deadline;
        try
        {
            var request = await ReadAsync(stream, deadline.Token, stop);
            Log($"{peer}: {Verbs.NameOf(request)}");
            Admit(request, peer);
            if (HelperProtocol.DeadlineOf(request) is var longer && longer > limit)
            {
                deadline.CancelAfter(limit = longer);
            }

            if (NetworkVerbs.Knows(request))
            {
                return options.IsDryRun || network is null ? HelperAnswer.Done : await network.RunAsync(request, deadline.Token);
            }

            if (ApplianceVerbs.Knows(request))
            {
                // From another terminal, while this one installs.
                if (request is DataDiskPrepareRequest or DataDiskMountRequest or DataDiskGrowRequest)
                {
                    systems?.RequireIdle();
                }

                return options.IsDryRun || appliance is null ? HelperAnswer.Done : await appliance.RunAsync(request, deadline.Token);
            }

            if (SystemDesk.Knows(request))
            {
                return options.IsDryRun || systems is null ? HelperAnswer.Done : await systems.RunAsync(request, deadline.Token);
            }

            if (request is OperatorsMirrorRequest operators)
            {
                return options.IsDryRun || mirror is null ? HelperAnswer.Done : HelperAnswer.Told(string.Join('\n', mirror.Write(operators.Operators)));
            }

            // Not ended by stop: a restart stops this program too, and half of a verb is worse than a late end.
            foreach (var program in programsOf(request))
            {
                await RunAsync(program, peer, deadline.Token);
            }

            Log($"{peer}: done");
            return HelperAnswer.Done;
        }
        catch (OperationCanceledException)
        {
            throw deadline.IsCancellationRequested ? Errors.TooSlow(limit) : Errors.Stopping();
        }
    }

    private static async Task<HelperRequest> ReadAsync(NetworkStream stream, CancellationToken deadline, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, stop);
        try
        {
            return HelperProtocol.ParseRequest(await HelperProtocol.ReadLineAsync(stream, either.Token));
        }
        catch (FormatException e)
        {
            throw Errors.RequestMalformed(e);
        }
    }

    private async Task RunAsync(Command program, Peer peer, CancellationToken cancel)
    {
        Log($"{peer}: {(options.IsDryRun ? "would run" : "runs")} `{program}`");
        if (!options.IsDryRun)
        {
            await program.RunAsync(cancel);
        }
    }

    private void Log(string line) => log(Printable.Of(line, MaxLogged));
}
