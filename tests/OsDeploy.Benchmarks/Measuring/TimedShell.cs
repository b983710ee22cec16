using System.Diagnostics;
using System.Globalization;

namespace OsDeploy.Benchmarks.Measuring;

/// <summary>
/// Runs a script and reads its clock. A shell, because the peers are shell pipelines; nothing foreign enters the text: all
/// paths are variables. bash waits for every part of a pipeline, so GNU time counts them all.
/// </summary>
/// <param name="readings">A scratch file.</param>
internal sealed class TimedShell(IReadOnlyDictionary<string, string> variables, string readings)
{
    private const int DoneWithWarnings = 3;
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(30);

    public async Task<Measured> RunAsync(string script, CancellationToken cancel)
    {
        var command = new Command("time",
            ["-f", "%U %S %M", "-o", readings, "env", .. variables.Select(pair => $"{pair.Key}={pair.Value}"),
                "bash", "-eu", "-o", "pipefail", "-c", script]);
        var started = Stopwatch.GetTimestamp();
        await command.WithDeadline(s_deadline).Accepting(code => code is 0 or DoneWithWarnings).RunAsync(cancel);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return Parse(seconds, await File.ReadAllTextAsync(readings, cancel));
    }

    private static Measured Parse(double seconds, string text)
    {
        // A line about a non-zero exit code may stand before the readings.
        var fields = (text.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "").Split(' ');
        return fields is [var user, var system, var kibibytes]
            && double.TryParse(user, CultureInfo.InvariantCulture, out var userSeconds)
            && double.TryParse(system, CultureInfo.InvariantCulture, out var systemSeconds)
            && long.TryParse(kibibytes, CultureInfo.InvariantCulture, out var peak)
            ? new Measured(seconds, userSeconds + systemSeconds, peak * 1024)
            : throw Errors.NoReadings(text);
    }
}
