using OsDeploy.Api;
using OsDeploy.Screens.Forms;
using OsDeploy.Storage;

namespace OsDeploy.Screens.Console.Health;

/// <summary>Writes a support bundle into a new file.</summary>
internal sealed class SupportForm
{
    private readonly ConsoleContext _context;
    private readonly TextEntry _file;

    public SupportForm(ConsoleContext context, DateTimeOffset now)
    {
        _context = context;
        _file = NewFile.Entry("support-", "tar.gz", now);
        Model = new FormModel(
            Words.Health.BundleTitle,
            [new InfoEntry("what", () => Words.Health.BundleWhat), _file],
            new FormAction("write", Words.Health.BundleAction, WriteAsync))
        {
            Help = Words.Health.BundleWhat,
            Equivalent = () => [Command(_file.Value)],
        };
    }

    public FormModel Model { get; }

    /// <summary>Bytes of the file; null: there is none.</summary>
    public long? Written { get; private set; }

    public static CommandLine Command(string file) => new("appliance", "support-bundle", file);

    private async Task WriteAsync(CancellationToken cancel)
    {
        _context.Session.RequireFiles();
        Written = await OutputFile.WriteAsync(_file.Value, overwrite: false, file => _context.Session.DownloadAsync(HealthApi.SupportBundle, file, cancel));
    }
}
