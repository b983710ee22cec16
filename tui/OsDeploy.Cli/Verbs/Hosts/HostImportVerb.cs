using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Hosts;

internal sealed class HostImportVerb : ServerVerb
{
    private readonly Argument<string> _file = new("FILE") { Description = "CSV with a header line: mac and room, and any other column that `osdeploy host export` writes. Without a header line: MAC address, image, name. - reads what comes through a pipe." };
    private readonly Option<bool> _apply = VerbOptions.Flag("--apply", "Do it; without this it is only shown.");

    public HostImportVerb(Session session)
        : base(
            session,
            "import",
            "Register hosts from a list, as CRANIX writes it. Shows what would happen; exit code 1 if a line is wrong.",
            "host import hosts.csv",
            "host import hosts.csv --apply") =>
        Asks(_file, _apply);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var csv = await InputFile.ReadBytesAsync(Terminal, parsed.GetRequiredValue(_file), HostApi.MaxImport, cancel);
        var report = await server.CallAsync(HostApi.Import, new HostImport(csv, parsed.GetValue(_apply)), cancel);
        Print(parsed, report, CliJson.Default.ImportReport, writer => ImportText.Write(writer, report));
        return report.Errors > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
