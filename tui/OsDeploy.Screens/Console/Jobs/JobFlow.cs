using OsDeploy.Screens.Console.Shell;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>Starts jobs and goes where one can watch them.</summary>
internal static class JobFlow
{
    public static void Start(Workplace at, JobTarget target, Api.Jobs.JobKind? kind = null)
    {
        var wizard = new JobWizard(at.Context, target, at.Dialogs.Time, kind);
        if (at.Dialogs.Ask(wizard.Model) && wizard.Batch is { } batch)
        {
            at.Frame.Push(new BatchScreen(at, batch));
        }
    }
}
