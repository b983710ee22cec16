using System.Text;
using OsDeploy.Api.Personal;
using OsDeploy.Personalisation;

namespace OsDeploy.Cli.Verbs.Additions;

/// <summary>A file to send, and where it goes on a host.</summary>
/// <param name="Open">Called once per attempt.</param>
internal sealed record AdditionFile(PersonalFileKind Kind, string Path, Func<Stream> Open)
{
    private const int MostFiles = 5000;

    /// <summary>A file, or all of a folder.</summary>
    /// <param name="path">Where it goes; of a folder, the folder it goes into. Null: by its own name; drivers stay in a folder of their package, for many have the same names.</param>
    /// <exception cref="UserErrorException"><c>file-unreadable</c>, <c>file-too-large</c>, <c>folder-empty</c>, <c>folder-too-large</c></exception>
    public static IReadOnlyList<AdditionFile> Find(PersonalFileKind kind, string source, string? path)
    {
        if (!Directory.Exists(source))
        {
            return [Of(kind, path ?? System.IO.Path.GetFileName(source), source)];
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var files = Directory.GetFiles(source, "*", options).Order(StringComparer.Ordinal).ToList();
        if (files.Count is 0 or > MostFiles)
        {
            throw files.Count == 0 ? TemplateErrors.FolderEmpty(source) : TemplateErrors.FolderTooLarge(source, files.Count, MostFiles);
        }

        var name = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(source)));
        var into = path ?? (kind == PersonalFileKind.Driver ? name : "");
        return [.. files.Select(file => Of(kind, $"{into.TrimEnd('/')}/{System.IO.Path.GetRelativePath(source, file)}".TrimStart('/'), file))];
    }

    public static AdditionFile Printer(string printer)
    {
        var text = Encoding.UTF8.GetBytes(printer.Trim() + "\r\n");
        var name = string.Concat(printer.Trim().TrimStart('\\').Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-')).Trim('-', '.');
        return new AdditionFile(PersonalFileKind.Printers, name, () => new MemoryStream(text));
    }

    /// <summary>Sends all, then says what they are for: all of it or none.</summary>
    public static async Task<IReadOnlyList<NewAddition>> SendAsync(IReadOnlyList<AdditionFile> files, Func<AdditionFile, ContentId, NewAddition> make, ServerConnection server, CancellationToken cancel)
    {
        var sent = new List<NewAddition>();
        foreach (var file in files)
        {
            sent.Add(make(file, (await file.SendAsync(server, cancel)).Content));
        }

        return sent;
    }

    public Task<StoredContent> SendAsync(ServerConnection server, CancellationToken cancel) => server.UploadAsync(Api.PersonalApi.Upload, Open, Api.ApiJson.Default.StoredContent, cancel);

    private static AdditionFile Of(PersonalFileKind kind, string path, string source)
    {
        try
        {
            using var file = File.OpenRead(source);
            return file.Length > ContentFolder.MaxLength ? throw ServerErrors.FileTooLarge(source, file.Length, ContentFolder.MaxLength) : new AdditionFile(kind, path, () => File.OpenRead(source));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ServerErrors.FileUnreadable(source, e);
        }
    }
}
