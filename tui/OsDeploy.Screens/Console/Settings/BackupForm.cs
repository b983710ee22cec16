using OsDeploy.Api;
using OsDeploy.Api.Moving;
using OsDeploy.Screens.Forms;
using OsDeploy.Storage;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>Copies the documents into a new file.</summary>
internal sealed class BackupForm
{
    private readonly ConsoleContext _context;
    private readonly TextEntry _file;

    public BackupForm(ConsoleContext context, DateTimeOffset now)
    {
        _context = context;
        _file = NewFile.Entry("", "osdbackup", now);
        Model = new FormModel(
            Words.Settings.BackupTitle,
            [new InfoEntry("what", () => Words.Settings.BackupWhat), _file],
            new FormAction("copy", Words.Settings.BackupAction, CopyAsync))
        {
            Help = Words.Settings.BackupWhat,
            Equivalent = () => [new CommandLine("backup", "create", _file.Value, "--no-keys")],
        };
    }

    public FormModel Model { get; }

    /// <summary>Bytes of the copy; null: there is none.</summary>
    public long? Written { get; private set; }

    private async Task CopyAsync(CancellationToken cancel)
    {
        _context.Session.RequireFiles();
        Written = await OutputFile.WriteAsync(_file.Value, overwrite: false, file => _context.Session.DownloadAsync(MovingApi.Create, new BackupOrder(), file, cancel));
    }
}
