using OsDeploy.Personalisation;

namespace OsDeploy.Agent;

/// <summary>Makes the computer that an order means, from what the server has for this job.</summary>
internal sealed class OrderPersonality(AgentConnection connection)
{
    // A driver package has a thousand files, and the log of a job is read by people.
    private const int MostSaid = 60;

    /// <summary>Null: the order makes nothing the host's own.</summary>
    public Personaliser? Of(RunningJob job)
    {
        if (job.Order.Personality is not { } personality)
        {
            return null;
        }

        var (said, nonce) = (0, Guid.NewGuid().ToString("N"));
        var content = new PersonalContent((id, cancel) => FetchAsync(job, id, cancel));
        return new Personaliser(
            personality,
            content,
            cancel => connection.SecretsAsync(job.Order.Id, job.Order.Fence, nonce, cancel),
            change =>
            {
                if (++said <= MostSaid)
                {
                    job.Log.Say(said == MostSaid ? "... and more changes of the same kind" : $"{change.Partition}: {change.Action} {change.Where} ({change.What})");
                }
            },
            job.Progress.Warn);
    }

    private async Task<Stream> FetchAsync(RunningJob job, ContentId id, CancellationToken cancel)
    {
        var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
        try
        {
            await connection.FetchAsync(job.Order.Id, id, file, cancel);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
