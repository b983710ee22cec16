using OsDeploy.Personalisation;

namespace OsDeploy.Agent;

/// <summary>Makes the computer that an order means, from what the server has for this job.</summary>
/// <param name="isTool">This computer runs the client image, whose files are the school's to change.</param>
internal sealed class OrderPersonality(AgentConnection connection, bool isTool)
{
    // A driver package has a thousand files, and the log of a job is read by people.
    private const int MostSaid = 60;

    // Where this is not the tool, others may be at work beside it.
    private static readonly string s_mounts = $"/run/osdeploy/personalise-{Environment.ProcessId}";

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
                if (change.Action != "write" || ++said <= MostSaid)
                {
                    job.Log.Say(change.Action == "write" && said == MostSaid ? "... and more files" : $"{change.Partition}: {change.Action} {change.Where} ({change.What})");
                }
            },
            job.Progress.Warn,
            isTool ? Personaliser.ToolMounts : s_mounts);
    }

    /// <summary>Before the disks are written.</summary>
    /// <exception cref="UserErrorException"><c>personal-script</c>, <c>personal-content</c></exception>
    public async Task BeginAsync(Personaliser? personaliser, CancellationToken cancel)
    {
        if (personaliser is null)
        {
            return;
        }

        if (isTool)
        {
            await personaliser.PutOverlayAsync("/", cancel);
        }

        await personaliser.RunHooksAsync(PersonalFileKind.BeforeJob, cancel);
    }

    /// <summary>When the disks can start.</summary>
    /// <exception cref="UserErrorException"><c>personal-script</c></exception>
    public static Task EndAsync(Personaliser? personaliser, CancellationToken cancel) => personaliser?.RunHooksAsync(PersonalFileKind.AfterJob, cancel) ?? Task.CompletedTask;

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
