using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Moving;
using OsDeploy.Cli.Progress;

namespace OsDeploy.Cli.Verbs.Moving;

/// <summary>A backup on its way to the appliance, with its password.</summary>
internal static class BackupFile
{
    public static Argument<string> Argument() => new("FILE") { Description = "File that `osdeploy backup create` wrote; - for a pipe." };

    /// <summary>Sends it; the appliance proves all of it and changes nothing yet.</summary>
    /// <returns>And its password; null: go on without its keys.</returns>
    /// <exception cref="UserErrorException"><c>file-unreadable</c>, <c>usage-pipe-needed</c>, and the appliance's refusals</exception>
    public static async Task<(StagedBackup Staged, string? Password)> SendAsync(
        Session session, ServerConnection server, ParseResult parsed, string file, BackupPassword password, CancellationToken cancel)
    {
        var terminal = session.Terminal;
        await using var input = file == BackupCreateVerb.Pipe ? terminal.OpenInput() : Open(file);
        var said = await password.AskAsync(parsed, terminal, file == BackupCreateVerb.Pipe ? input : null, cancel);
        var staged = await UploadAsync(session, server, input, cancel);
        var isAsked = staged.Backup.HasKeys && password.IsOpen(parsed) && terminal.CanAsk;
        if (isAsked)
        {
            said = await terminal.AskSecretAsync("Password of the backup's keys (nothing: go on without them):", cancel) is { Length: > 0 } typed ? typed : null;
        }

        return (staged, said);
    }

    private static async Task<StagedBackup> UploadAsync(Session session, ServerConnection server, Stream input, CancellationToken cancel)
    {
        var job = new JobProgress();
        using var printer = new ProgressPrinter(session, job);
        var counted = new CountedStream(input, job.Begin("send", input.CanSeek ? input.Length : 0)); // the request disposes it
        return await server.UploadAsync(MovingApi.Stage, () => counted, ApiJson.Default.StagedBackup, cancel);
    }

    private static FileStream Open(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ServerErrors.FileUnreadable(file, e);
        }
    }
}
