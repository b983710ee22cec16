using OsDeploy.Api;
using OsDeploy.Screens.Forms;
using OsDeploy.Storage;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>Writes all hosts into a new file, as a list that the import reads back.</summary>
internal sealed class HostExportForm
{
    private readonly ConsoleContext _context;
    private readonly TextEntry _file;

    public HostExportForm(ConsoleContext context, DateTimeOffset now)
    {
        _context = context;
        _file = NewFile.Entry("hosts-", "csv", now);
        Model = new FormModel(Words.Hosts.ExportTitle, [new InfoEntry("what", () => Words.Hosts.ExportWhat), _file], new FormAction("export", Words.Hosts.Export, ExportAsync))
        {
            Help = Words.Hosts.ExportWhat,
            Equivalent = () => [new CommandLine("host", "export", _file.Value)],
        };
    }

    public FormModel Model { get; }

    private Task<long> ExportAsync(CancellationToken cancel)
    {
        _context.Session.RequireFiles();
        return OutputFile.WriteAsync(_file.Value, overwrite: false, file => _context.Session.DownloadAsync(HostApi.Export, file, cancel));
    }
}
