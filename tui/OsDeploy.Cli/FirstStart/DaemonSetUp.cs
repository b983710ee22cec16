using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mono.Unix.Native;
using OsDeploy.Screens.FirstStart;
using OsDeploy.Storage;
using OsDeploy.Text;

namespace OsDeploy.Cli.FirstStart;

/// <summary>Has the daemon make its documents with the first operator and settings, as the user it will run as.</summary>
/// <param name="data">Its folder.</param>
internal sealed partial class DaemonSetUp(string data)
{
    private const string Daemon = "osdeployd";
    private const string User = "osdeploy";

    // In memory: the password never reaches a disk.
    private const string Place = "/dev/shm";

    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(5);

    /// <exception cref="UserErrorException"><c>daemon-set-up</c>, <c>tool-missing</c>, and what the daemon says.</exception>
    public async Task RunAsync(FirstStartAnswers answers, CancellationToken cancel)
    {
        var user = Environment.IsPrivilegedProcess ? Syscall.getpwnam(User) : null;
        var folder = Path.Combine(Place, $"osdeploy-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var (password, settings) = (Path.Combine(folder, "password"), Path.Combine(folder, "settings"));
            DurableFile.WriteSecret(password, Encoding.UTF8.GetBytes(answers.Password + "\n"));
            DurableFile.WriteSecret(settings, answers.Settings.ToJson());
            foreach (var path in user is null ? [] : new[] { folder, password, settings, data })
            {
                _ = Syscall.chown(path, user!.pw_uid, user.pw_gid); // the daemon says what it cannot read
            }

            string[] arguments =
            [
                "--set-up", "--data", data, "--first-operator", answers.Operator, "--password-file", password, "--first-settings", settings,
            ];
            await RunAsync(user is null ? new Command(Program(), arguments) : new Command("setpriv", ["--reuid", User, "--regid", user.pw_gid.ToString(CultureInfo.InvariantCulture), "--init-groups", "--", Program(), .. arguments]), cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(Command command, CancellationToken cancel)
    {
        var result = await command.WithDeadline(s_deadline).Accepting(_ => true).RunAsync(cancel);
        if (result.ExitCode != 0)
        {
            throw Explain(result);
        }
    }

    internal static UserErrorException Explain(CommandResult result)
    {
        var lines = result.ErrorOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindLastIndex(lines, line => Sentence().IsMatch(line));
        if (at < 0)
        {
            return Errors.DaemonSetUp(lines is [.., var last] ? last : "");
        }

        // The daemon's own words are foreign text like any other.
        var said = Sentence().Match(lines[at]);
        return new UserErrorException(Printable.Of(said.Groups[2].Value, 40), Printable.Of(said.Groups[1].Value, 1000), Printable.Of(at + 1 < lines.Length ? lines[at + 1] : "", 1000));
    }

    // Installed together, or on the path.
    private static string Program()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, Daemon);
        return File.Exists(beside) ? beside : Daemon;
    }

    [GeneratedRegex(@"^(.+)   \[([a-z-]+)\]$", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();
}
