using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>How often a job is tried again by itself that failed for a reason which may pass.</summary>
internal static class RetriesForm
{
    public static FormModel Of(ConsoleContext context, JobSettings now)
    {
        var retries = new NumberEntry("retries", Words.Settings.RetriesField, now.Retries, 0, JobSettings.MostRetries) { Help = Words.Settings.RetriesHelp };
        return new FormModel(
            Words.Settings.Retries,
            [retries],
            new FormAction("save", Common.Save, cancel => context.Session.CallAsync(JobApi.ChangeSettings, new JobSettings(retries.Value), cancel)))
        {
            Help = Words.Settings.RetriesHelp,
            Equivalent = () => [new CommandLine("job", "settings", "--retries", retries.Value.ToString(CultureInfo.InvariantCulture))],
        };
    }

    public static string TextOf(int retries) => retries == 0 ? Common.Never : Language.Count(retries, Words.Settings.RetriesOne, Words.Settings.RetriesOther);
}
