namespace OsDeploy.Multicast;

/// <summary>Takes datagrams off the socket as fast as they come.</summary>
internal sealed class StreamListener(GroupSocket socket, DatagramIntake intake)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(GroupSocket.BufferSize, pinned: true);

    /// <summary>Listens until it is told to stop.</summary>
    /// <exception cref="System.Net.Sockets.SocketException"/>
    public Task RunAsync(CancellationToken stop) => Task.Factory.StartNew(
        () =>
        {
            while (!stop.IsCancellationRequested)
            {
                ListenOnce();
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private void ListenOnce()
    {
        var received = socket.Receive(_buffer, s_patience, out var size);
        for (var at = 0; at < received; at += size)
        {
            intake.Take(_buffer.AsSpan(at, Math.Min(size, received - at)));
        }
    }
}
