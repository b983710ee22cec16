using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Screens.Forms;
using OsDeploy.Storage;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>Copies the documents into a new file: never over one that is there.</summary>
internal sealed class BackupForm
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ConsoleContext _context;
    private readonly TextEntry _file;

    public BackupForm(ConsoleContext context, DateTimeOffset now)
    {
        _context = context;
        var proposal = string.Create(CultureInfo.InvariantCulture, $"/var/backups/osdeploy-{now.UtcDateTime:yyyyMMdd-HHmm}.db");
        _file = new TextEntry("file", Words.Settings.BackupFile, proposal) { IsRequired = true, MaxLength = 500, Rule = Check, Help = Words.Settings.BackupFileHelp };
        Model = new FormModel(
            Words.Settings.BackupTitle,
            [new InfoEntry("what", () => Words.Settings.BackupWhat), _file],
            new FormAction("copy", Words.Settings.BackupAction, CopyAsync))
        {
            Help = Words.Settings.BackupWhat,
            Equivalent = () => [new CommandLine("backup", _file.Value)],
        };
    }

    public FormModel Model { get; }

    /// <summary>Bytes of the copy; null: there is none.</summary>
    public long? Written { get; private set; }

    private static string? Check(string path) => !Path.IsPathFullyQualified(path) ? Words.Settings.BackupAbsolute : Path.Exists(path) ? Words.Settings.BackupExists : null;

    private async Task CopyAsync(CancellationToken cancel)
    {
        var path = _file.Value;
        var temporary = DurableFile.TemporaryNameFor(path);
        try
        {
            await using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner }))
            {
                await _context.Session.DownloadAsync(ApplianceApi.Backup, file, cancel);
                await file.FlushAsync(cancel);
                DurableFile.Sync(file.SafeFileHandle, path);
                Written = file.Length;
            }

            DurableFile.Publish(temporary, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Written = null;
            throw SettingsErrors.FileUnwritable(path, e);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }
}
