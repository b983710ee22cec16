namespace OsDeploy.Cli;

/// <inheritdoc cref="LateWriter"/>
internal sealed class LateReader(Func<TextReader> open) : TextReader
{
    private readonly Lazy<TextReader> _inner = new(open);

    public override int Peek() => _inner.Value.Peek();

    public override int Read() => _inner.Value.Read();

    public override int Read(char[] buffer, int index, int count) => _inner.Value.Read(buffer, index, count);

    public override string? ReadLine() => _inner.Value.ReadLine();

    public override string ReadToEnd() => _inner.Value.ReadToEnd();
}
