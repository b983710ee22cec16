using System.CommandLine;
using System.Text;
using OsDeploy.Api;
using OsDeploy.Storage;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Hosts;

internal sealed class HostExportVerb : ServerVerb
{
    private const int LongestLine = 16_384;

    private readonly Argument<string?> _file = new("FILE") { Description = "File to write; without it the list is printed.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _yes = VerbOptions.Flag("--yes", "Replace the file if it is there.");

    public HostExportVerb(Session session)
        : base(session, "export", "Write the hosts as a list that `host import` reads back.", "host export hosts.csv", "host export") => Asks(_file, _yes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        if (parsed.GetValue(_file) is { } file)
        {
            await OutputFile.WriteAsync(file, parsed.GetValue(_yes), to => server.DownloadAsync(HostApi.Export, to, cancel));
            return Say(parsed, "hosts-exported", $"Wrote {Printable.Of(file)}.", file);
        }

        using var csv = new MemoryStream();
        await server.DownloadAsync(HostApi.Export, csv, cancel);
        foreach (var line in Encoding.UTF8.GetString(csv.GetBuffer(), 0, (int)csv.Length).TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            await Terminal.Output.WriteLineAsync(Printable.Of(line.TrimEnd('\r'), LongestLine));
        }

        return ExitCode.Done;
    }
}
