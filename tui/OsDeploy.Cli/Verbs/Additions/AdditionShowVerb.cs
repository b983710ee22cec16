using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;
using OsDeploy.Storage;

namespace OsDeploy.Cli.Verbs.Additions;

internal sealed class AdditionShowVerb : ServerVerb
{
    private readonly Argument<string> _addition = new("ID") { Description = "Its id, or how that begins, as `osdeploy addition list` shows it." };
    private readonly Option<string?> _output = VerbOptions.Text("--output", "Write its file here; only you can read it.", "FILE");
    private readonly Option<bool> _yes = VerbOptions.Flag("--yes", "Replace the file if it is there.");

    public AdditionShowVerb(Session session)
        : base(session, "show", "Show for whom an addition is, or fetch its file.", "addition show 3f2a", "addition show 3f2a --output map-drives.cmd") => Asks(_addition, _output, _yes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var view = await server.CallAsync(PersonalApi.ShowAddition, cancel, parsed.GetRequiredValue(_addition));
        if (parsed.GetValue(_output) is { } path)
        {
            await OutputFile.WriteAsync(path, parsed.GetValue(_yes), file => server.DownloadAsync(PersonalApi.ReadAddition, file, cancel, view.Addition.Id));
        }

        Print(parsed, view, CliJson.Default.AdditionView, writer => AdditionText.Write(writer, view, Session.Clock));
        return ExitCode.Done;
    }
}
