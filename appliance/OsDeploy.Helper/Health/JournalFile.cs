using System.Text;
using Mono.Unix.Native;

namespace OsDeploy.Helper.Health;

/// <summary>
/// The end of the journal of this start, in a file that one user may read. Its folder is that user's: the file is made anew each time, never
/// opened, so that no link leads root elsewhere.
/// </summary>
/// <param name="user">Whose the file is.</param>
internal sealed class JournalFile(string path, uint user)
{
    /// <summary>Bytes.</summary>
    public const int Most = 2 << 20;

    // More lines than fit: a line is cut off at its beginning, never the newest.
    private const string Lines = "--lines=20000";

    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(1);

    private readonly Lock _writing = new();

    /// <exception cref="UserErrorException"><c>journal-not-written</c>, <c>tool-missing</c>, <c>tool-failed</c>, <c>tool-hung</c></exception>
    public async Task WriteAsync(CancellationToken cancel)
    {
        var text = await new Command("journalctl", "--boot", "--no-pager", "--quiet", "--output=short-iso", Lines).WithDeadline(s_deadline).RunAsync(cancel);
        Write(EndOf(text.Output));
    }

    /// <summary>The last lines that fit, whole ones.</summary>
    internal static byte[] EndOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= Most)
        {
            return bytes;
        }

        var end = bytes.AsSpan(bytes.Length - Most);
        return end[(end.IndexOf((byte)'\n') + 1)..].ToArray();
    }

    internal void Write(byte[] text)
    {
        lock (_writing)
        {
            WriteAnew(text);
        }
    }

    private void WriteAnew(byte[] text)
    {
        try
        {
            File.Delete(path);
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead });
            file.Write(text);
            file.Flush();
            if (user != Syscall.geteuid() && Syscall.fchown((int)file.SafeFileHandle.DangerousGetHandle(), user, Syscall.getegid()) != 0)
            {
                throw new IOException(Stdlib.strerror(Stdlib.GetLastError()));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.JournalNotWritten(path, e);
        }
    }
}
