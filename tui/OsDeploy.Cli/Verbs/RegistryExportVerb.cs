using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Storage;
using OsDeploy.Text;
using OsDeploy.Windows;

namespace OsDeploy.Cli.Verbs;

internal sealed class RegistryExportVerb : Verb
{
    private readonly Argument<string> _key = new("KEY") { Description = @"As Windows shows it: HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services." };
    private readonly Argument<string> _file = new("FILE") { Description = "Where to write it." };
    private readonly RegistryPlace _place = new();
    private readonly Option<bool> _yes = new("--yes") { Description = "Replace the file if it is there." };
    private readonly Option<bool> _json = VerbOptions.Json();

    public RegistryExportVerb(Session session)
        : base(
            session,
            "export",
            "Write a key, with all below it, into a registry file (.reg) as regedit does.",
            @"registry export HKEY_LOCAL_MACHINE\SOFTWARE\School school.reg --windows /mnt/c",
            @"registry export HKEY_CURRENT_USER\Software user.reg --hive NTUSER.DAT --root HKEY_CURRENT_USER")
    {
        Takes([_key, _file, .. _place.Options, _yes, _json]);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var edits = _place.Open(parsed).Registry.Export(parsed.GetRequiredValue(_key));
        var file = parsed.GetRequiredValue(_file);
        await OutputFile.WriteAsync(file, parsed.GetValue(_yes), stream => stream.WriteAsync(RegistryFile.Write(edits), cancel).AsTask());
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, new Deed("registry-exported", [file]), CliJson.Default.Deed);
        }
        else
        {
            await Terminal.Output.WriteLineAsync($"Wrote {Words.Count(edits.Count, "key")} to {Printable.Of(file)}.");
        }

        return ExitCode.Done;
    }
}
