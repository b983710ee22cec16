using System.IO.Pipelines;

namespace OsDeploy.Server.Boot;

/// <summary>The way out of a connection: it counts, and ends only when it is let.</summary>
internal sealed class CountingWriter(PipeWriter inner) : PipeWriter
{
    private Exception? _end;
    private bool _isComplete;

    public long Written { get; private set; }

    public override void Advance(int bytes)
    {
        Written += bytes;
        inner.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override void Complete(Exception? exception = null) => (_isComplete, _end) = (true, exception);

    /// <summary>What was held back happens.</summary>
    public void LetEnd()
    {
        if (_isComplete)
        {
            inner.Complete(_end);
        }
    }
}
