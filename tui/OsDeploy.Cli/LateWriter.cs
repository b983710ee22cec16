using System.Text;

namespace OsDeploy.Cli;

/// <summary>
/// Opened when it is first used: the runtime's console, once asked for any of its streams, sends the terminal a sequence of its own (the
/// keypad's mode) and never takes it back. Screens have no use for either.
/// </summary>
internal sealed class LateWriter(Func<TextWriter> open) : TextWriter
{
    private readonly Lazy<TextWriter> _inner = new(open);

    public override Encoding Encoding => _inner.Value.Encoding;

    public override void Write(char value) => _inner.Value.Write(value);

    public override void Write(string? value) => _inner.Value.Write(value);

    public override void Write(char[] buffer, int index, int count) => _inner.Value.Write(buffer, index, count);

    // In one piece: progress is written from another thread.
    public override void WriteLine(string? value) => _inner.Value.WriteLine(value);

    // What was never opened has nothing to flush.
    public override void Flush()
    {
        if (_inner.IsValueCreated)
        {
            _inner.Value.Flush();
        }
    }
}
