using OsDeploy.Api.Jobs;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Jobs;

/// <summary>What holds for all jobs, as it was set last.</summary>
internal sealed class JobSettingsBook(DocumentStore documents)
{
    private const string Id = "settings";

    private readonly Collection<KeptJobSettings> _kept = documents.GetCollection("job_settings", JobJson.Default.KeptJobSettings, kept => kept.Id);

    public JobSettings Current => _kept.FindById(Id) is { } stored ? new JobSettings(stored.Value.Retries) : new JobSettings();

    /// <param name="inTransaction">Kept together with it.</param>
    /// <exception cref="UserErrorException"><c>job-retries-invalid</c></exception>
    public JobSettings Write(JobSettings wanted, Action inTransaction)
    {
        if (wanted.Retries is < 0 or > JobSettings.MostRetries)
        {
            throw JobErrors.RetriesInvalid(wanted.Retries);
        }

        documents.Transact(() =>
        {
            inTransaction();
            _kept.Upsert(new KeptJobSettings(Id, wanted.Retries));
        });
        return wanted;
    }
}
