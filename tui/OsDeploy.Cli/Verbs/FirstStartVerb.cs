using System.CommandLine;
using OsDeploy.Api.Helper;
using OsDeploy.Cli.FirstStart;
using OsDeploy.Screens.FirstStart;
using OsDeploy.Screens.FirstStart.Views;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.SetUp;

namespace OsDeploy.Cli.Verbs;

internal sealed class FirstStartVerb : Verb
{
    private const string Zones = "/usr/share/zoneinfo";

    private static readonly TimeSpan s_load = TimeSpan.FromSeconds(10);

    private readonly Option<string?> _answers = new("--answers")
    {
        Description = "Ask nobody: take the answers from a file with lines KEY = VALUE. Needed: disk (blank, volume, none, or a serial number or name; with confirm = NAME and the serial number for one that holds data), operator, password-file. "
            + "Else: language (en, de, fr), interface, address (dhcp, or 10.0.0.1/24), gateway, dns, pxe (auto, which is proxy, dhcp, off), range (FIRST-LAST), school, host-name, time-zone.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _apply = VerbOptions.Flag("--apply", "Ask nobody: mount the volume of an appliance that was set up before, tell the system what is kept on it, and end.");
    private readonly Option<bool> _grow = VerbOptions.Flag("--grow", "Grow the mounted volume onto the rest of its disk, and end.");
    private readonly Option<bool> _plain = VerbOptions.Flag("--plain", "Lines instead of screens; so it is anyway where there is no full screen.");
    private readonly Option<string?> _language = ScreenOptions.Language();
    private readonly Option<string?> _keyboard = new Option<string?>("--keyboard") { Description = "Keyboard that is in force on this screen; without it that of the language is loaded.", HelpName = "NAME" }.AcceptOnlyFromAmong([.. ApplianceSettings.Keyboards]);
    private readonly Option<string?> _loadKeyboard = new("--load-keyboard") { Description = "Program that loads the keyboard whose name it is given; without it the keyboard stays as it is.", HelpName = "PROGRAM" };
    private readonly Option<bool> _highContrast = ScreenOptions.HighContrast();
    private readonly Option<string> _data = new("--data") { Description = "Where the volume is mounted, the same as the helper's and the daemon's.", HelpName = "DIR", DefaultValueFactory = _ => DataVolume.UsualFolder };
    private readonly Option<string> _helper = new("--helper") { Description = "Unix socket of osdeploy-helper.", HelpName = "PATH", DefaultValueFactory = _ => "/run/osdeploy/helper.sock" };

    public FirstStartVerb(Session session)
        : base(
            session,
            "first-start",
            "Set up an appliance that was started from its medium: disk, administrator, network, school. One that was set up before goes on by itself.",
            "first-start",
            "first-start --answers /run/answers.txt",
            "first-start --apply")
    {
        Takes(_answers, _apply, _grow, _plain, _language, _keyboard, _loadKeyboard, _highContrast, _data, _helper);
        Validators.Add(result =>
        {
            if (new Option[] { _answers, _apply, _grow }.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
            {
                result.AddError("--answers, --apply and --grow exclude each other.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        Language.Use(Language.Choose(parsed.GetValue(_language), Environment.GetEnvironmentVariable));
        var helper = new HelperClient(parsed.GetRequiredValue(_helper), Session.Clock);
        var data = Path.GetFullPath(parsed.GetRequiredValue(_data));
        var work = new FirstStartWork(helper, data, new DaemonSetUp(data).RunAsync) { Keyboard = KeyboardOf(parsed) };
        if (parsed.GetValue(_grow))
        {
            await helper.CallAsync(new DataDiskGrowRequest(), cancel);
            return ExitCode.Done;
        }

        if (parsed.GetValue(_apply))
        {
            return await work.ResumeAsync(cancel) ? ExitCode.Done : throw FirstStartErrors.Needed();
        }

        if (parsed.GetValue(_answers) is { } file)
        {
            var answers = AnswersFile.Parse(file, await InputFile.ReadTextAsync(Terminal, file, cancel));
            return await RunUnattendedAsync(answers, helper, work, cancel);
        }

        return Terminal.HasScreen && !parsed.GetValue(_plain) ? RunScreens(helper, work, parsed.GetValue(_highContrast))
            : Terminal.CanAsk ? await RunPlainAsync(helper, work, parsed.GetValue(_language) is null, cancel)
            : throw Errors.UsageAnswersNeeded();
    }

    private async Task<ExitCode> RunUnattendedAsync(AnswersFile file, HelperClient helper, FirstStartWork work, CancellationToken cancel)
    {
        if (!await work.ResumeAsync(cancel))
        {
            var answers = await new UnattendedAnswers(file, helper, NetworkCard.All, HasZone).ResolveAsync(work.HasVolume, cancel);
            await work.RunAsync(answers, cancel);
        }

        await Terminal.Talk.WriteLineAsync("The appliance is set up.");
        return ExitCode.Done;
    }

    private ExitCode RunScreens(HelperClient helper, FirstStartWork work, bool highContrast)
    {
        using var app = ScreenOptions.Open(highContrast);
        using var screens = new FirstStartScreens(app, work, helper, NetworkCard.All, HasZone, Session.Clock) { RecordFault = fault => Fault.TryWriteLog(Session.Clock, "osdeploy first-start", fault) };
        Terminal.IsTaken = true;
        screens.Run();
        return screens.IsDone ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task<ExitCode> RunPlainAsync(HelperClient helper, FirstStartWork work, bool asksLanguage, CancellationToken cancel)
    {
        var prompt = new PlainPrompt(new PlainLines(Terminal.Talk, Terminal.TryAskAsync, Terminal.TryAskSecretAsync));
        var language = FirstStartWizard.LanguageForm();
        if (asksLanguage && (await prompt.RunAsync(language, cancel)).End != FormEnd.Done)
        {
            return ExitCode.Failed;
        }

        FirstStartWizard.Use(language);
        await (work.Keyboard?.FollowAsync(Language.Current.Code, cancel) ?? Task.CompletedTask);
        if (await work.ResumeAsync(cancel))
        {
            return ExitCode.Done;
        }

        var end = await prompt.RunAsync(new FirstStartWizard(work, helper, NetworkCard.All, HasZone).Model, cancel);
        return end.End == FormEnd.Done ? ExitCode.Done : ExitCode.Failed;
    }

    private ConsoleKeyboard? KeyboardOf(ParseResult parsed) => parsed.GetValue(_loadKeyboard) is { } program
        ? new ConsoleKeyboard(parsed.GetValue(_keyboard), (name, cancel) => new Command(program, name).WithDeadline(s_load).RunAsync(cancel))
        : null;

    private static bool HasZone(string zone) => File.Exists(Path.Combine(Zones, zone));
}
