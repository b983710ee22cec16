using System.CommandLine;
using OsDeploy.Lab.Demo;
using OsDeploy.Lab.Pcs;
using OsDeploy.Lab.Rooms;

namespace OsDeploy.Lab.Verbs;

/// <summary>The command line of <c>./build.sh lab</c>.</summary>
internal static class LabVerbs
{
    private const string Network = "osdeploy-lab";
    private const string Run = "/run/osdeploy-lab";

    // One for the whole computer, as the network is.
    private const string Control = Run + "/control.sock";

    public static RootCommand Create()
    {
        var options = new LabOptions();
        var root = new RootCommand("Opens a virtual classroom: an appliance and PCs in a private network, with a prompt to switch them on and off.");
        var artifacts = new Option<string>("--artifacts") { Description = "Folder with the programs, which keeps the classroom.", DefaultValueFactory = _ => "artifacts", Recursive = true };
        root.Options.Add(artifacts);
        options.AddTo(root);
        root.SetAction((parsed, cancel) => OpenAsync(Lab(parsed, artifacts), options.Of(parsed, [PcFirmware.Uefi, PcFirmware.Bios, PcFirmware.SecureBoot]), cancel));
        var demo = new System.CommandLine.Command("demo", "Shows the main job with nobody touching a PC: the first is captured, the others become the same. Forgets earlier demonstrations.");
        options.AddTo(demo);
        demo.SetAction((parsed, cancel) => DemonstrateAsync(Lab(parsed, artifacts), options.Of(parsed, [PcFirmware.Uefi, PcFirmware.Uefi, PcFirmware.SecureBoot]), cancel));
        root.Subcommands.Add(demo);
        root.Subcommands.Add(Remote("status", "The PCs of the open classroom."));
        root.Subcommands.Add(Remote("pc", "Uses a PC: on, off, reset, screen, cable out, cable in, disk master, disk empty."));
        root.Subcommands.Add(Remote("console", "The appliance's console. Its operator is " + LabAppliance.User + ", with the password: " + LabAppliance.Password));
        root.Subcommands.Add(Remote("osdeploy", "A verb of the appliance's operator."));
        root.Subcommands.Add(Remote("quit", "Closes the open classroom."));
        return root;
    }

    private static string Lab(ParseResult parsed, Option<string> artifacts) => Path.GetFullPath(parsed.GetValue(artifacts)!);

    private static System.CommandLine.Command Remote(string verb, string description)
    {
        var words = new Argument<string[]>("words") { Description = "What belongs to it.", Arity = ArgumentArity.ZeroOrMore };
        var command = new System.CommandLine.Command(verb, description) { words };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancel) =>
        {
            string[] all = [verb, .. parsed.GetValue(words)!, .. parsed.UnmatchedTokens];
            var place = await LabControl.AskAsync(Control, ["where"], cancel);
            if (!new TerminalVerbs(place).TryDo(all))
            {
                Console.Write(await LabControl.AskAsync(Control, all, cancel));
            }

            return 0;
        });
        return command;
    }

    private static async Task<int> OpenAsync(string artifacts, LabOptions.Values options, CancellationToken cancel)
    {
        await using var session = await LabSession.OpenAsync(PlanOf(artifacts, "lab", options), Control, options.IsFresh, cancel);
        var plan = session.Classroom.Plan;
        var furnished = Path.Combine(plan.Folder, "furnished");
        if (!File.Exists(furnished))
        {
            await session.Classroom.Pc(1).PutMasterDiskAsync(plan.Programs.Client, cancel);
            await File.WriteAllTextAsync(furnished, "", cancel);
        }

        Console.WriteLine($"The classroom is open. The appliance's operator is {LabAppliance.User}, with the password: {LabAppliance.Password}\n\n{LabDesk.Help}");
        await new LabPrompt(session.Desk, new TerminalVerbs(plan.Folder)).RunAsync(session.End);
        return 0;
    }

    private static async Task<int> DemonstrateAsync(string artifacts, LabOptions.Values options, CancellationToken cancel)
    {
        await using var session = await LabSession.OpenAsync(PlanOf(artifacts, "lab/demo", options), Control, isFresh: true, cancel);
        Console.Write("\n" + await new DemoRun(session.Classroom, Console.WriteLine, session.End).RunAsync());
        return 0;
    }

    private static ClassroomPlan PlanOf(string artifacts, string folder, LabOptions.Values options) =>
        new(Network, Path.Combine(artifacts, folder), Run + "/boot", LabPrograms.In(artifacts), options.Pcs, options.HasSchool, options.IsFromMedium ? LabPrograms.MediumIn(artifacts) : null);
}
