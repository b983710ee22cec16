using System.Text;

namespace OsDeploy.Cli;

/// <summary>Passes text on and does not mind if nobody gets it: a dropped SSH session must not fail the work it was watching.</summary>
internal sealed class LenientWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    // In one piece: progress is written from another thread.
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // EIO: the terminal is gone. The log of a fault and the exit code remain.
        }
    }
}
