using System.CommandLine;
using System.CommandLine.Help;
using OsDeploy.Cli.Verbs;

namespace OsDeploy.Cli;

/// <summary>The command line as a tree of verbs.</summary>
internal sealed class OsDeployCommand : RootCommand
{
    public OsDeployCommand(Session session)
        : base("Captures the disks of a master computer and restores other disks from it, moving only what differs.")
    {
        Add(Groups.Disk(session));
        Add(new CaptureVerb(session));
        Add(new RestoreVerb(session));
        Add(Groups.Manual(session));
        Add(new EraseVerb(session));
        Add(new PersonaliseVerb(session));
        Add(Groups.Image(session));
        Add(Groups.Registry(session));
        foreach (var command in ServerGroups.All(session))
        {
            Add(command);
        }

        Add(new ConsoleVerb(session));
        Add(new MachineVerb(session));
        Add(new FirstStartVerb(session));
        Add(new DoctorVerb(session));
        Add(new DemoVerb(session));

        var help = Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }
}
