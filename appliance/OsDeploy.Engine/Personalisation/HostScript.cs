using System.Text;

namespace OsDeploy.Personalisation;

/// <summary>A shell script of the school that runs on this computer, with an environment of its own and a time limit.</summary>
internal sealed class HostScript(string name, byte[] script, TimeSpan limit)
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private const int MostFirstLine = 256;
    private const string Folder = "/run/osdeploy/scripts";

    /// <returns>The program of its first line, and what that is told.</returns>
    /// <exception cref="UserErrorException"><c>personal-script-start</c></exception>
    public static IReadOnlyList<string> RequireInterpreter(string name, byte[] script)
    {
        var first = Encoding.UTF8.GetString(script.AsSpan(0, Math.Min(script.Length, MostFirstLine))).Split('\n')[0];
        return first.StartsWith("#!", StringComparison.Ordinal) && !first.Contains('\r', StringComparison.Ordinal) && first[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, ..] words
            ? words
            : throw PersonalErrors.ScriptStart(name);
    }

    /// <param name="environment">Besides a plain search path: nothing else, and nothing secret.</param>
    /// <param name="say">Told each line of its output when it has ended.</param>
    /// <exception cref="UserErrorException"><c>personal-script</c></exception>
    public async Task RunAsync(IReadOnlyDictionary<string, string> environment, Action<string> say, CancellationToken cancel)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
        try
        {
            await using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
                await file.WriteAsync(script, cancel);
            }

            // By its interpreter: where it lies, programs may not be allowed to run.
            var words = RequireInterpreter(name, script);
            var result = await new Command(words[0], [.. words.Skip(1), path]).WithEnvironment(environment).WithOwnSession().WithDeadline(limit).Accepting(_ => true).RunAsync(cancel);
            foreach (var line in (result.Output + result.ErrorOutput).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                say(line);
            }

            if (result.ExitCode != 0)
            {
                throw PersonalErrors.ScriptFailed(name, $"it ended with {result.ExitCode}");
            }
        }
        catch (UserErrorException e) when (e.Code == "tool-hung")
        {
            throw PersonalErrors.ScriptFailed(name, $"it was still running after {limit.TotalMinutes:0} minutes and was ended");
        }
        catch (UserErrorException e) when (e.Code is "tool-missing" or "tool-not-started")
        {
            throw PersonalErrors.ScriptStart(name);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
