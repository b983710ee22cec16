using System.CommandLine;
using OsDeploy.Api.Helper;
using OsDeploy.Screens.FirstStart;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Cli.Verbs.Systems;

internal sealed class SystemInstallVerb : Verb
{
    private readonly Option<string?> _disk = VerbOptions.Text("--disk", "Ask nobody: the disk, by its name or serial number.", "NAME|SERIAL");
    private readonly Option<string?> _confirm = VerbOptions.Text("--confirm", "Name of the disk, if it holds something that may be lost.", "NAME");
    private readonly Option<bool> _restart = VerbOptions.Flag("--restart", "Restart the computer when it is done.");
    private readonly Option<string?> _language = ScreenOptions.Language();
    private readonly Option<string> _helper = new("--helper") { Description = "Unix socket of osdeploy-helper.", HelpName = "PATH", DefaultValueFactory = _ => "/run/osdeploy/helper.sock" };

    public SystemInstallVerb(Session session)
        : base(
            session,
            "install",
            "Install the appliance that runs from its stick or disc on a disk of this computer. All that the disk holds is lost.",
            "system install",
            "system install --disk sda --confirm sda --restart")
        => Takes(_disk, _confirm, _restart, _language, _helper);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        Language.Use(Language.Choose(parsed.GetValue(_language), Environment.GetEnvironmentVariable));
        var helper = new HelperClient(parsed.GetRequiredValue(_helper), Session.Clock);
        var work = new InstallWork(helper, Session.Clock);
        if (!await work.IsPossibleAsync(cancel))
        {
            throw SystemErrors.NotInstallable();
        }

        if (parsed.GetValue(_disk) is { } name)
        {
            await work.RunAsync(await FindAsync(helper, name, cancel), parsed.GetValue(_confirm), cancel);
        }
        else if (!Terminal.CanAsk)
        {
            throw Errors.UsageYesNeeded("install the appliance on a disk");
        }
        else
        {
            var prompt = new PlainPrompt(new PlainLines(Terminal.Talk, Terminal.TryAskAsync, Terminal.TryAskSecretAsync));
            if ((await prompt.RunAsync(new InstallWizard(work, helper).Model, cancel)).End != FormEnd.Done)
            {
                return ExitCode.Failed;
            }

            await Terminal.AskAsync(Screens.Words.Systems.InstallDone, cancel);
            await work.RestartAsync(cancel);
            return ExitCode.Done;
        }

        await Terminal.Talk.WriteLineAsync("The appliance is installed.");
        if (parsed.GetValue(_restart))
        {
            await work.RestartAsync(cancel);
        }

        return ExitCode.Done;
    }

    private static async Task<DataDisk> FindAsync(HelperClient helper, string name, CancellationToken cancel) =>
        (await helper.DisksAsync(cancel)).Where(disk => disk.IsOffered && (disk.Name == name || (disk.Serial.Length > 0 && disk.Serial == name))).ToList() is [var only]
            ? only
            : throw SystemErrors.DiskUnknown(name);
}
