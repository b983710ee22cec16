namespace OsDeploy.Personalisation;

/// <summary>A shell script of the school that runs on this computer, with an environment of its own and a time limit.</summary>
internal sealed class HostScript(string name, byte[] script, TimeSpan limit)
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private const string Folder = "/run/osdeploy/scripts";

    /// <param name="environment">Besides a plain search path: nothing else, and nothing secret.</param>
    /// <param name="say">Told each line of its output when it has ended.</param>
    /// <exception cref="UserErrorException"><c>personal-script</c></exception>
    public async Task RunAsync(IReadOnlyDictionary<string, string> environment, Action<string> say, CancellationToken cancel)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
        try
        {
            await using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute }))
            {
                await file.WriteAsync(script, cancel);
            }

            var result = await new Command(path).WithEnvironment(environment).WithOwnSession().WithDeadline(limit).Accepting(_ => true).RunAsync(cancel);
            foreach (var line in (result.Output + result.ErrorOutput).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                say(line);
            }

            if (result.ExitCode != 0)
            {
                throw PersonalErrors.ScriptFailed(name, $"it ended with {result.ExitCode}");
            }
        }
        catch (UserErrorException e) when (e.Code is "tool-hung" or "tool-not-started")
        {
            throw PersonalErrors.ScriptFailed(name, e.Code == "tool-hung" ? $"it was still running after {limit.TotalMinutes:0} minutes and was ended" : "it cannot be started; its first line has to name a shell, as #!/bin/sh");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
