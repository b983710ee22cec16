using System.Text;

namespace OsDeploy.Cli;

/// <summary>Files that a person names on the command line to be read.</summary>
internal static class InputFile
{
    private const string StandardInput = "-";

    /// <param name="path"><c>-</c> for what comes in through a pipe or is pasted.</param>
    /// <exception cref="UserErrorException"><c>file-unreadable</c></exception>
    public static Task<string> ReadTextAsync(Terminal terminal, string path, CancellationToken cancel) =>
        path == StandardInput ? terminal.ReadAllAsync(cancel) : TryAsync(path, () => File.ReadAllTextAsync(path, cancel));

    /// <summary>As the other one; <c>-</c> for text that comes in through a pipe.</summary>
    /// <exception cref="UserErrorException"><c>file-unreadable</c>, <c>file-too-large</c></exception>
    public static async Task<byte[]> ReadBytesAsync(Terminal terminal, string path, long most, CancellationToken cancel)
    {
        if (path != StandardInput)
        {
            return await ReadBytesAsync(path, most, cancel);
        }

        var bytes = Encoding.UTF8.GetBytes(await terminal.ReadAllAsync(cancel));
        return bytes.Length <= most ? bytes : throw ServerErrors.FileTooLarge(path, bytes.Length, most);
    }

    /// <param name="most">Bytes the server takes.</param>
    /// <exception cref="UserErrorException"><c>file-unreadable</c>, <c>file-too-large</c></exception>
    public static async Task<byte[]> ReadBytesAsync(string path, long most, CancellationToken cancel)
    {
        var bytes = await TryAsync(path, () => File.ReadAllBytesAsync(path, cancel));
        return bytes.Length <= most ? bytes : throw ServerErrors.FileTooLarge(path, bytes.Length, most);
    }

    /// <summary>A file to be read as it is sent.</summary>
    /// <exception cref="UserErrorException"><c>file-unreadable</c></exception>
    public static Stream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ServerErrors.FileUnreadable(path, e);
        }
    }

    private static async Task<T> TryAsync<T>(string path, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ServerErrors.FileUnreadable(path, e);
        }
    }
}
